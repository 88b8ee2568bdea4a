package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;

/// Tells on a DataVolume what the importer wrote on its claim.
final class ClaimMirror {
  private final VolumeStatus status;
  private final ObjectNode claim;
  private final Progress progress;
  private final boolean waits;

  /// `waits` says that the claim is bound only when a pod uses it.
  ClaimMirror(VolumeStatus status, ObjectNode claim, Progress progress, boolean waits) {
    this.status = status;
    this.claim = claim;
    this.progress = progress;
    this.waits = waits;
  }

  void write() {
    String bound = text(claim, "status", "phase");
    status.status().put("claimName", Meta.name(claim));
    restarts();
    status.condition(
        "Bound",
        bound.equals("Bound"),
        bound.isEmpty() ? "Pending" : bound,
        "PVC " + Meta.name(claim) + " " + (bound.isEmpty() ? "Pending" : bound));
    switch (Meta.annotation(claim, Keys.POD_PHASE)) {
      case "Succeeded" -> done();
      case "Running" -> transfer(phase("InProgress"), true);
      case "Pending" -> transfer(phase("Scheduled"), false);
      default -> idle(bound);
    }
  }

  private void restarts() {
    String restarts = Meta.annotation(claim, Keys.POD_RESTARTS);
    if (!restarts.isEmpty() && !restarts.equals("0")) {
      status.status().put("restartCount", Integer.parseInt(restarts));
    }
  }

  private void done() {
    status
        .condition("Ready", true, "", "")
        .condition("Running", false, "Completed", "")
        .phase("Succeeded", "100.0%");
  }

  private void transfer(String phase, boolean running) {
    status
        .condition("Ready", false, "TransferRunning", "")
        .condition(
            "Running",
            running && Meta.annotation(claim, Keys.RUNNING).equals("true"),
            Meta.annotation(claim, Keys.RUNNING_REASON),
            Meta.annotation(claim, Keys.RUNNING_MESSAGE))
        .phase(phase, progress.shown(Meta.uid(claim)));
  }

  private String phase(String step) {
    if (Meta.annotated(claim, Keys.CLONE_REQUEST)) {
      return "Clone" + step;
    }
    if (Meta.annotated(claim, Keys.SNAPSHOT_REQUEST)) {
      return "CloneFromSnapshotSourceInProgress";
    }
    return "Import" + step;
  }

  /// No importer yet: the claim is to be bound first.
  private void idle(String bound) {
    boolean external =
        !Meta.annotated(claim, Keys.IMPORT_SOURCE)
            && !Meta.annotated(claim, Keys.CLONE_REQUEST)
            && !Meta.annotated(claim, Keys.SNAPSHOT_REQUEST);
    if (external && bound.equals("Bound")) {
      done();
      return;
    }
    status
        .condition("Ready", false, "TransferRunning", "")
        .condition("Running", false, "", "")
        .phase(waits && !bound.equals("Bound") ? "WaitForFirstConsumer" : "Pending", "N/A");
  }
}
