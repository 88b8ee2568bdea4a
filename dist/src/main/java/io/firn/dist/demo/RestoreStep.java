package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Step 6: everything comes back.
final class RestoreStep {
  private final Stage stage;
  private final DemoCluster cluster;
  private final Guests guests;
  private final Disks disks;

  RestoreStep(Stage stage, DemoCluster cluster, Guests guests, Disks disks) {
    this.stage = stage;
    this.cluster = cluster;
    this.guests = guests;
    this.disks = disks;
  }

  void tell(Captures captures) throws IOException {
    stage.step(6, "The restore: first the plan, then the deed");
    String point = Captures.point(captures.second());
    stage.firn(List.of(0), "restore", point, "--plan");
    Path report = stage.directory().resolve("restore-1.json");
    stage.firn(List.of(0), "restore", point, "--report", report.toString());
    cluster.awaitMachine("shop", "orders-db", "Running");
    cluster.awaitMachine("shop", "web", "Stopped");
    cluster.awaitMachine("shop", "legacy", "Running");
    stage.claim("machines that ran run again, the stopped one is stopped", true, "");
    guests.claimConsistent("shop", "orders-db");
    claimSameBytes(stage, captures.second(), stage.json(report));
    Optional<String> hurt = disks.hurt("shop", "orders-db-root");
    stage.claim(
        "the root disk's ext4 file system is as it was imported, but for the journal file",
        hurt.isEmpty(),
        hurt.orElse(""));
  }

  /// Claims that every disk of a restore has the digest that it had at capture. (The state of a TPM
  /// is a folder of small files; it has no digest, and no mover says that it was written unless it
  /// was.)
  static void claimSameBytes(Stage stage, JsonNode backup, JsonNode restore) {
    Map<String, String> captured = Captures.digests(Captures.volumes(backup));
    List<String> disks =
        Captures.digests(restore.path("volumes")).values().stream()
            .filter(digest -> !digest.isEmpty())
            .toList();
    long same = disks.stream().filter(captured::containsValue).count();
    stage.claim(
        "the restored disks have the hashes that were captured",
        same > 0 && same == disks.size(),
        same + " of " + disks.size());
  }
}
