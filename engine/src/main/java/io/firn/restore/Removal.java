package io.firn.restore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.run.Awaiting;
import java.time.Duration;
import java.util.Optional;

/// Makes room for what is restored (`--on-conflict replace`). A machine is stopped first, so that
/// its guest can shut down; then it goes with its instance and its volumes.
record Removal(ClusterObjects objects, Awaiting waits, Duration deadline) {

  void remove(RestoreAction.Remove action) {
    ObjectRef ref = action.target();
    Optional<ObjectNode> found = objects.get(ref);
    if (found.isEmpty()) {
      return;
    }
    if (!found.get().path("metadata").path("uid").asText().equals(action.uid())) {
      throw RestoreFailures.changed(ref);
    }
    if (ref.kind().equals(Kinds.VIRTUAL_MACHINE.kind())) {
      stop(ref, found.get());
    }
    objects.delete(ref, Propagation.FOREGROUND, Optional.of(action.uid()));
    waits.await(ref, ref + " to go", now -> gone(now, action.uid()), deadline);
  }

  private void stop(ObjectRef machine, ObjectNode object) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode spec = patch.putObject("spec");
    if (object.path("spec").hasNonNull("running")) {
      spec.put("running", false);
    } else {
      spec.put("runStrategy", "Halted");
    }
    objects.mergePatch(machine, patch, false);
    ObjectRef instance = ObjectRef.of(Kinds.INSTANCE, machine.namespace(), machine.name());
    waits.awaitGone(instance, deadline);
  }

  private static boolean gone(Optional<ObjectNode> now, String uid) {
    return now.isEmpty() || !now.get().path("metadata").path("uid").asText().equals(uid);
  }
}
