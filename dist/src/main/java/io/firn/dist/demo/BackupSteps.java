package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.cli.output.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// Steps 3 and 4: two backups while the guests write.
final class BackupSteps {
  /// Done, or done with losses: nobody can freeze a guest without an agent, and Firn says so.
  private static final List<Integer> TAKEN = List.of(0, 3);

  private static final Duration WRITES = Duration.ofSeconds(2);
  private static final long MIB = 1 << 20;

  private final Stage stage;

  BackupSteps(Stage stage) {
    this.stage = stage;
  }

  Captures tell(RootImage image) throws IOException, InterruptedException {
    stage.step(3, "A backup while the guests keep writing");
    writePassword();
    stage.firn(List.of(0), "vault", "init");
    JsonNode first = backup("backup-1.json");
    claimLevels(first);
    stage.step(4, "More writes, and a second backup: only what changed is added");
    stage.say("(the guests write for " + WRITES.toSeconds() + " more seconds)");
    Thread.sleep(WRITES);
    JsonNode second = backup("backup-2.json");
    claimOnlyChanges(first, second, image);
    stage.firn(List.of(0), "points");
    return new Captures(first, second);
  }

  private JsonNode backup(String reportName) throws IOException {
    Path report = stage.directory().resolve(reportName);
    stage.firn(
        TAKEN,
        "backup",
        "vm/orders-db",
        "vm/web",
        "vm/legacy",
        "-n",
        "shop",
        "--report",
        report.toString());
    JsonNode result = stage.json(report);
    for (String figure : List.of("bytesRead", "bytesNew", "bytesStored")) {
      stage.report().figure(figure, Captures.sum(result, figure));
    }
    stage
        .report()
        .figure(
            "freezeMillis", Captures.machine(result, "orders-db").path("freezeMillis").asLong());
    return result;
  }

  private void claimLevels(JsonNode report) {
    JsonNode orders = Captures.machine(report, "orders-db");
    claimLevel(report, "orders-db", "filesystem");
    claimLevel(report, "web", "filesystem");
    claimLevel(report, "legacy", "crash");
    long freeze = orders.path("freezeMillis").asLong();
    stage.claim(
        "orders-db was frozen only for the cut",
        freeze > 0 && freeze < Duration.ofSeconds(10).toMillis(),
        freeze + " ms, skew between its disks " + orders.path("skewMillis").asLong() + " ms");
  }

  private void claimLevel(JsonNode report, String machine, String level) {
    JsonNode facts = Captures.machine(report, machine);
    stage.claim(
        machine + " is captured at level " + level,
        facts.path("level").asText().equals(level),
        facts.path("level").asText() + ": " + facts.path("reason").asText());
  }

  private void claimOnlyChanges(JsonNode first, JsonNode second, RootImage image) {
    long unchanged = Captures.volume(second, "web-root").path("bytesNew").asLong();
    stage.claim("the stopped machine adds nothing", unchanged == 0, Human.bytes(unchanged));
    long root = Captures.volume(second, "orders-db-root").path("bytesNew").asLong();
    // The journal file, with a block at either end that it shares with its neighbours.
    long most = image.journalBytes() + 2 * MIB;
    stage.claim(
        "the root disk adds no more than the guest has written",
        root > 0 && root <= most,
        Human.bytes(root) + " new of " + Human.bytes(image.sizeBytes()));
    long before = Captures.sum(first, "bytesNew");
    long after = Captures.sum(second, "bytesNew");
    stage.claim(
        "the second backup adds less than half of the first",
        2 * after < before,
        Human.bytes(after) + " after " + Human.bytes(before));
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path file = stage.directory().resolve("password");
    Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
