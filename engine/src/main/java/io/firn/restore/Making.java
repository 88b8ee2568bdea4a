package io.firn.restore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.ObjectRef;
import io.firn.run.RestoreMarks;
import java.util.Optional;

/// Creates objects so that doing it twice does it once, and patches their annotations.
///
/// Thread-safe.
record Making(ClusterObjects objects, String mark) {

  /// Creates the object, or finds the one that an earlier run of this restore made.
  ObjectNode create(ObjectNode object) {
    try {
      return objects.create(object, false);
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.ALREADY_EXISTS) {
        throw e;
      }
      ObjectRef ref = ObjectRef.of(object);
      return objects
          .get(ref)
          .filter(o -> TargetCluster.annotation(o, RestoreMarks.RESTORE).equals(mark))
          .orElseThrow(() -> RestoreFailures.inTheWay(ref));
    }
  }

  /// Sets an annotation, or removes it (empty); an object that is gone is left gone.
  void annotate(ObjectRef ref, String key, Optional<String> value) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
    value.ifPresentOrElse(text -> annotations.put(key, text), () -> annotations.putNull(key));
    patch(ref, patch);
  }

  void patch(ObjectRef ref, ObjectNode patch) {
    try {
      objects.mergePatch(ref, patch, false);
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.NOT_FOUND) {
        throw e;
      }
    }
  }
}
