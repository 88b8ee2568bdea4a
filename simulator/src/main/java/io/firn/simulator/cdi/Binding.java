package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;

/// When a claim gets its volume.
final class Binding {
  private Binding() {}

  static boolean bound(ObjectNode claim) {
    return text(claim, "status", "phase").equals("Bound");
  }

  /// Only when a pod uses it, and nobody asked CDI to be that pod.
  static boolean waitsForConsumer(ObjectNode claim, ApiClient client) {
    return late(claim, client) && !immediateRequested(claim);
  }

  static boolean immediateRequested(ObjectNode claim) {
    return Meta.annotated(claim, Keys.BIND_IMMEDIATE);
  }

  static boolean late(ObjectNode claim, ApiClient client) {
    return client
        .get(Types.STORAGE_CLASS, "", text(claim, "spec", "storageClassName"))
        .map(found -> text(found, "volumeBindingMode").equals("WaitForFirstConsumer"))
        .orElse(false);
  }
}
