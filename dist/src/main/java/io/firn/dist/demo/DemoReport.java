package io.firn.dist.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.output.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What each step came to: its time, its figures, its claims and whether they hold. For one thread.
final class DemoReport {
  private final InstantSource clock;
  private final Instant began;
  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();
  private final List<String> broken = new ArrayList<>();
  private ObjectNode step = JsonNodeFactory.instance.objectNode();
  private Instant stepBegan;

  DemoReport(InstantSource clock) {
    this.clock = clock;
    this.began = clock.instant();
    this.stepBegan = began;
  }

  void step(int number, String title) {
    endStep();
    step = steps.addObject().put("step", number).put("title", title);
    step.putArray("commands");
    step.putObject("figures");
    step.putArray("claims");
    stepBegan = clock.instant();
  }

  void command(String line, int exitCode, Duration took) {
    step.withArray("commands")
        .addObject()
        .put("command", line)
        .put("exitCode", exitCode)
        .put("tookMillis", took.toMillis());
  }

  void figure(String name, long value) {
    step.withObject("/figures").put(name, value);
  }

  void claim(String claim, boolean holds, String detail) {
    step.withArray("claims")
        .addObject()
        .put("claim", claim)
        .put("holds", holds)
        .put("detail", detail);
    if (!holds) {
      broken.add(claim + (detail.isEmpty() ? "" : ": " + detail));
    }
  }

  void failed(String why) {
    step.put("failed", why);
    broken.add(why);
  }

  /// The claims that do not hold, and why the story ended early if it did.
  List<String> broken() {
    return List.copyOf(broken);
  }

  Duration elapsed() {
    return Duration.between(began, clock.instant());
  }

  void write(Path file) throws IOException {
    endStep();
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("kind", "DemoReport");
    report.put("holds", broken.isEmpty());
    report.put("tookMillis", elapsed().toMillis());
    broken.forEach(report.putArray("broken")::add);
    report.set("steps", steps);
    Files.writeString(file, Document.json(report));
  }

  private void endStep() {
    if (step.has("step") && !step.has("tookMillis")) {
      step.put("tookMillis", Duration.between(stepBegan, clock.instant()).toMillis());
    }
  }
}
