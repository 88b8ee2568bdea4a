package io.firn.simulator.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// From a claim to the CSI volume behind it.
public final class ClaimHandle {
  private final ApiClient client;

  public ClaimHandle(ApiClient client) {
    this.client = client;
  }

  /// The volume handle of a claim; empty while it is not bound to a CSI volume.
  public Optional<String> of(String namespace, String claim) {
    return client
        .get(Types.CLAIM, namespace, claim)
        .filter(found -> Fields.text(found, "status", "phase").equals("Bound"))
        .flatMap(this::of);
  }

  private Optional<String> of(ObjectNode claim) {
    return client
        .get(Types.VOLUME, "", Fields.text(claim, "spec", "volumeName"))
        .map(volume -> Fields.text(volume, "spec", "csi", "volumeHandle"))
        .filter(handle -> !handle.isEmpty());
  }
}
