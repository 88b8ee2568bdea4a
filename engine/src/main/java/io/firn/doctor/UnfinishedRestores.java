package io.firn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.doctor.DoctorReport.UnfinishedRestore;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.run.RestoreMarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds objects that still carry the mark of a restore. A restore takes all marks off at its end.
record UnfinishedRestores(ClusterObjects objects) {
  private static final List<ResourceKind> KINDS =
      List.of(
          Kinds.SECRET,
          Kinds.CONFIG_MAP,
          Kinds.SERVICE_ACCOUNT,
          Kinds.CONTROLLER_REVISION,
          Kinds.CLAIM,
          Kinds.DATA_VOLUME,
          Kinds.VIRTUAL_MACHINE,
          Kinds.SERVICE);

  List<UnfinishedRestore> in(String namespace) {
    Map<Place, List<ObjectRef>> found = new LinkedHashMap<>();
    for (ResourceKind kind : KINDS) {
      for (ObjectNode object : marked(kind, namespace)) {
        ObjectRef ref = ObjectRef.of(object);
        String mark = RestoreMarks.restore(object);
        if (!mark.isEmpty()) {
          found.computeIfAbsent(new Place(ref.namespace(), mark), _ -> new ArrayList<>()).add(ref);
        }
      }
    }
    return found.entrySet().stream()
        .map(e -> new UnfinishedRestore(e.getKey().namespace(), e.getKey().mark(), e.getValue()))
        .toList();
  }

  private List<ObjectNode> marked(ResourceKind kind, String namespace) {
    try {
      return objects.list(kind, namespace, RestoreMarks.POINT);
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.FORBIDDEN) {
        // Of the other kinds the restore is told all the same: it makes several.
        return List.of();
      }
      throw e;
    }
  }

  private record Place(String namespace, String mark) {}
}
