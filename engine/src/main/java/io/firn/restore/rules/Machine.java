package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Optional;

/// The instance specification inside a definition: the template's of a VirtualMachine or a replica
/// set, a standalone instance's own; with the metadata that goes with it.
record Machine(Place spec, Optional<Place> templateMetadata) {
  static Optional<Machine> in(ObjectNode object) {
    Place root = Place.root(object);
    if (is(object, Kinds.INSTANCE)) {
      return root.find("spec").map(spec -> new Machine(spec, root.find("metadata")));
    }
    if (is(object, Kinds.VIRTUAL_MACHINE) || is(object, Kinds.REPLICA_SET)) {
      return root.find("spec", "template", "spec")
          .map(spec -> new Machine(spec, root.find("spec", "template", "metadata")));
    }
    return Optional.empty();
  }

  static boolean is(ObjectNode object, ResourceKind kind) {
    ObjectRef ref = ObjectRef.of(object);
    return ref.apiGroup().equals(kind.apiGroup()) && ref.kind().equals(kind.kind());
  }

  /// Whether the TPM keeps its state over restarts.
  boolean persistentTpm() {
    return spec.node().path("domain").path("devices").path("tpm").path("persistent").asBoolean();
  }

  /// Whether EFI variables are kept over restarts.
  boolean persistentEfi() {
    return spec.node()
        .path("domain")
        .path("firmware")
        .path("bootloader")
        .path("efi")
        .path("persistent")
        .asBoolean();
  }
}
