package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.simulator.client.Fields;
import java.util.ArrayList;
import java.util.List;

/// Which claims a pod uses.
public final class PodClaims {
  private PodClaims() {}

  /// The names of the claims in a pod's volumes, ephemeral ones included.
  public static List<String> of(JsonNode pod) {
    List<String> claims = new ArrayList<>();
    for (JsonNode volume : Fields.objects(pod, "spec", "volumes")) {
      String claim = Fields.text(volume, "persistentVolumeClaim", "claimName");
      if (!claim.isEmpty()) {
        claims.add(claim);
      }
      if (Fields.has(volume, "ephemeral")) {
        claims.add(Fields.text(pod, "metadata", "name") + "-" + Fields.text(volume, "name"));
      }
    }
    return claims;
  }

  /// Whether the pod has ended for good.
  public static boolean ended(JsonNode pod) {
    String phase = Fields.text(pod, "status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
