package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin.Request;
import io.firn.simulator.client.Meta;

/// Objects that are going away are not held up by rules: their finalizers must be removable.
final class Terminating {
  private Terminating() {}

  /// Whether an update leaves the spec of an object that is being deleted as it is.
  static boolean onlyMetadata(Request request, ObjectNode object) {
    return Meta.deleting(object)
        && request.old().map(old -> old.path("spec").equals(object.path("spec"))).orElse(false);
  }
}
