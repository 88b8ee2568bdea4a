package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;

/// Which claim a volume of an instance stands on.
final class VolumeClaims {
  private VolumeClaims() {}

  /// The claim's name; "" for volumes without one. A DataVolume's claim has its name.
  static String claimName(JsonNode volume) {
    String dataVolume = text(volume, "dataVolume", "name");
    if (!dataVolume.isEmpty()) {
      return dataVolume;
    }
    String claim = text(volume, "persistentVolumeClaim", "claimName");
    if (!claim.isEmpty()) {
      return claim;
    }
    return text(volume, "ephemeral", "persistentVolumeClaim", "claimName");
  }

  static boolean isDataVolume(JsonNode volume) {
    return has(volume, "dataVolume");
  }

  static boolean isEphemeral(JsonNode volume) {
    return has(volume, "ephemeral");
  }
}
