package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// A namespaced object can only be made in a namespace that exists and is not on its way out.
final class NamespaceRules {
  static final ResourceId NAMESPACES = new ResourceId("", "namespaces");

  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  private final Store store;

  NamespaceRules(Store store) {
    this.store = store;
  }

  /// The namespaces that every cluster has are there to stay.
  static void checkDelete(Target target) {
    if (target.resource().id().equals(NAMESPACES) && IMMORTAL.contains(target.name())) {
      throw ApiFailure.forbidden(NAMESPACES, target.name(), "this namespace may not be deleted");
    }
  }

  void checkCreate(Target target) {
    if (!target.resource().namespaced()) {
      return;
    }
    String namespace = target.namespace();
    ObjectNode found =
        store
            .find(new ObjectKey(NAMESPACES, "", namespace))
            .orElseThrow(() -> ApiFailure.notFound(NAMESPACES, namespace));
    if (Meta.isDeleting(found)) {
      ApiFailure refusal =
          ApiFailure.forbidden(
              target.resource().id(),
              target.name(),
              "unable to create new content in namespace "
                  + namespace
                  + " because it is being terminated");
      Json.child(refusal.status(), "details")
          .withArray("causes")
          .addObject()
          .put("reason", "NamespaceTerminating")
          .put("message", "namespace " + namespace + " is being terminated")
          .put("field", "metadata.namespace");
      throw refusal;
    }
  }
}
