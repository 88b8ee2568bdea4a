package io.firn.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.GraphNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectGraph;
import io.firn.run.RunMarks;
import java.util.Optional;

/// The temporary claim that a mover reads, made from the VolumeSnapshot of the same name. As
/// KubeVirt's own restore makes it: class, modes and size of the source, both data source fields
/// set, none of the source's annotations. Stateless.
final class ExportClaim {
  private ExportClaim() {}

  static ObjectNode of(
      RunMarks marks, PlannedVolume volume, String name, long sizeBytes, ObjectGraph graph) {
    ObjectNode object = marks.object(Kinds.CLAIM, volume.claim().namespace(), name);
    ObjectNode spec = object.putObject("spec");
    accessModes(volume, graph, spec.putArray("accessModes"));
    spec.put("storageClassName", volume.storageClass());
    spec.put("volumeMode", volume.block() ? "Block" : "Filesystem");
    spec.putObject("resources").putObject("requests").put("storage", Long.toString(sizeBytes));
    for (String field : new String[] {"dataSource", "dataSourceRef"}) {
      spec.putObject(field)
          .put("apiGroup", Kinds.VOLUME_SNAPSHOT.apiGroup())
          .put("kind", Kinds.VOLUME_SNAPSHOT.kind())
          .put("name", name);
    }
    return object;
  }

  private static void accessModes(PlannedVolume volume, ObjectGraph graph, ArrayNode modes) {
    Optional.ofNullable(graph.nodes().get(volume.claim()))
        .flatMap(GraphNode::object)
        .ifPresent(object -> object.at("/spec/accessModes").forEach(modes::add));
    if (modes.isEmpty()) {
      modes.add("ReadWriteOnce");
    }
  }
}
