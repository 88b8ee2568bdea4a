package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Step 7: an older state beside the living machine, with an identity of its own.
final class CopyStep {
  private static final String CAPTURED_MAC = "02:4f:52:44:00:01";

  private final Stage stage;
  private final DemoCluster cluster;
  private final Guests guests;

  CopyStep(Stage stage, DemoCluster cluster, Guests guests) {
    this.stage = stage;
    this.cluster = cluster;
    this.guests = guests;
  }

  void tell(Captures captures) throws IOException {
    stage.step(7, "The first point again, beside the living machine");
    Path report = stage.directory().resolve("restore-2.json");
    stage.firn(
        List.of(0),
        "restore",
        Captures.point(captures.first()),
        "--vm",
        "orders-db",
        "--to-namespace",
        "lab",
        "--rename",
        "orders-db=orders-copy",
        "--new-mac",
        "--new-firmware-uuid",
        "--report",
        report.toString());
    cluster.awaitMachine("lab", "orders-copy", "Running");
    guests.claimConsistent("lab", "orders-copy");
    RestoreStep.claimSameBytes(stage, captures.first(), stage.json(report));
    claimIdentity();
    claimOlder();
  }

  private void claimIdentity() {
    ObjectNode original = instance("shop", "orders-db");
    ObjectNode copy = instance("lab", "orders-copy");
    String mac = mac(copy);
    stage.claim(
        "the copy has a MAC address of its own",
        !mac.isEmpty() && !mac.equals(CAPTURED_MAC) && mac(original).equals(CAPTURED_MAC),
        mac + ", the original " + mac(original));
    String uuid = uuid(copy);
    stage.claim(
        "the copy has a firmware UUID of its own",
        !uuid.isEmpty() && !uuid.equals(uuid(original)),
        uuid);
  }

  private void claimOlder() throws IOException {
    long now = guests.recordsFound("shop", "orders-db");
    long then = guests.recordsFound("lab", "orders-copy");
    stage.claim(
        "the copy is older than the machine that was restored",
        then > 0 && then < now,
        then + " records, against " + now);
  }

  private ObjectNode instance(String namespace, String name) {
    return cluster
        .get(Kinds.INSTANCE, namespace, name)
        .orElseThrow(() -> new DemoFailure("instance " + namespace + "/" + name + " is gone"));
  }

  private static String mac(ObjectNode instance) {
    for (JsonNode each : instance.path("status").path("interfaces")) {
      if (each.path("name").asText().equals("backend")) {
        return each.path("mac").asText();
      }
    }
    return "";
  }

  private static String uuid(ObjectNode instance) {
    return instance.path("spec").path("domain").path("firmware").path("uuid").asText();
  }
}
