package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firn.cli.FirnCli;
import io.firn.cli.Session;
import io.firn.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Where the story is told: prints each command, runs it through the same tree of commands that a
/// user's shell reaches, and keeps the books. For one thread.
final class Stage {
  private final Session session;
  private final Function<Session, FirnCli> cli;
  private final Path directory;
  private final DemoReport report;

  Stage(Session session, Function<Session, FirnCli> cli, Path directory, DemoReport report) {
    this.session = session;
    this.cli = cli;
    this.directory = directory;
    this.report = report;
  }

  Path directory() {
    return directory;
  }

  DemoReport report() {
    return report;
  }

  Session session() {
    return session;
  }

  /// The settings that every command of the story has, as a user would export them.
  Map<String, String> settings() {
    return Map.of(
        "KUBECONFIG", directory.resolve("kubeconfig").toString(),
        "FIRN_VAULT", directory.resolve("vault").toString(),
        "FIRN_PASSWORD_FILE", directory.resolve("password").toString());
  }

  void step(int number, String title) {
    report.step(number, title);
    out().println("\n" + number + ". " + title);
  }

  void say(String text) {
    out().println(text);
  }

  /// Says a claim and whether it holds.
  void claim(String claim, boolean holds, String detail) {
    report.claim(claim, holds, detail);
    out().println((holds ? "  ✓ " : "  ✗ ") + claim + (detail.isEmpty() ? "" : "  " + detail));
  }

  void show(String commandLine) {
    out().println("\n$ " + commandLine);
  }

  /// Runs a command of ours; any exit code but the given ones ends the story.
  void firn(List<Integer> accepted, String... arguments) {
    show("firn " + String.join(" ", arguments));
    run(session.terminal(), accepted, arguments);
  }

  /// Runs a command whose output goes to a file.
  void firnInto(Path file, String... arguments) throws IOException {
    show("firn " + String.join(" ", arguments) + " > " + file);
    String text = quietly(arguments);
    Files.writeString(file, text);
  }

  /// Runs a command whose output the demo itself reads.
  String quietly(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    run(new Terminal(out, session.terminal().err(), 0), List.of(0), arguments);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// A report that a command left.
  JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private void run(Terminal terminal, List<Integer> accepted, String... arguments) {
    Map<String, String> environment = new HashMap<>(session.environment());
    environment.putAll(settings());
    Session inner =
        new Session(
            "firn",
            terminal,
            environment,
            session.clusters(),
            session.backends(),
            session.clock(),
            session.random());
    Instant began = session.clock().instant();
    int exitCode = cli.apply(inner).run(arguments);
    String line = "firn " + String.join(" ", arguments);
    report.command(line, exitCode, Duration.between(began, session.clock().instant()));
    if (!accepted.contains(exitCode)) {
      throw new DemoFailure("'" + line + "' ended with exit code " + exitCode);
    }
  }

  private PrintStream out() {
    return session.terminal().out();
  }
}
