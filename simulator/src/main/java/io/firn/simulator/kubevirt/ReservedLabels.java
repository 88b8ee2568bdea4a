package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.simulator.api.AdmissionPlugin.Denial;
import java.util.Set;

/// Labels that only KubeVirt itself may put on instances.
final class ReservedLabels {
  private static final Set<String> RESERVED =
      Set.of(
          "kubevirt.io/created-by",
          "kubevirt.io/migrationJobUID",
          "kubevirt.io/nodeName",
          "kubevirt.io/migrationTargetNodeName",
          "kubevirt.io/schedulable",
          "kubevirt.io/install-strategy");

  private ReservedLabels() {}

  static void check(String field, JsonNode labels, String user) throws Denial {
    if (!Accounts.isKubeVirt(user) && RESERVED.stream().anyMatch(labels::has)) {
      throw Texts.invalid(
          field,
          "creation of the following reserved kubevirt.io/ labels on a VMI object is prohibited");
    }
  }
}
