package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.util.List;

/// The ControllerRevision that keeps an instance type or a preference for one machine.
final class InstancetypeRevision {
  private static final String LABEL = "instancetype.kubevirt.io/object-";

  private InstancetypeRevision() {}

  static ObjectNode of(ObjectNode machine, ResourceType type, ObjectNode found) {
    String generation = text(found, "metadata", "generation");
    String name =
        String.join(
            "-", Meta.name(machine), Meta.name(found), type.version(), Meta.uid(found), generation);
    ObjectNode revision = Types.CONTROLLER_REVISION.newObject(Meta.namespace(machine), name);
    Meta.labels(revision)
        .put(LABEL + "generation", generation)
        .put(LABEL + "kind", type.kind())
        .put(LABEL + "name", Meta.name(found))
        .put(LABEL + "uid", Meta.uid(found))
        .put(LABEL + "version", type.version());
    Meta.setController(revision, machine);
    revision.set("data", data(type, found));
    revision.put("revision", 0);
    return revision;
  }

  private static ObjectNode data(ResourceType type, ObjectNode found) {
    ObjectNode data = found.deepCopy();
    data.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    ObjectNode metadata = (ObjectNode) data.path("metadata");
    metadata.remove(List.of("managedFields", "annotations"));
    data.remove("status");
    return data;
  }
}
