package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;

/// A replica set and its instances: those that it owns and whose labels match its selector. The
/// label `kubevirt.io/vmReplicaSet` that KubeVirt's guide names is set by nobody.
final class ReplicaSetLinks implements ObjectLinks {
  private static final String NOBODY = "nobody";
  private static final Indexing CONTROLLER =
      new Indexing(
          "controller",
          object -> {
            List<String> uids =
                Owner.of(object).stream().filter(Owner::controller).map(Owner::uid).toList();
            return uids.isEmpty() ? List.of(NOBODY) : uids;
          });

  @Override
  public ResourceKind from() {
    return Kinds.REPLICA_SET;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode set, Draft draft) {
    Selector selector = Selector.of(Json.at(set, "spec.selector"));
    Listing instances = draft.index().list(Kinds.INSTANCE, ref.namespace());
    for (ObjectNode instance : instances.where(CONTROLLER, Json.uid(set))) {
      if (selector.matches(instance)) {
        draft.link(ref, ref(instance, ref), Need.DERIVED, "spec.selector");
      }
    }
    for (ObjectNode orphan : instances.where(CONTROLLER, NOBODY)) {
      if (selector.matches(orphan)) {
        draft.find(
            Severity.WARNING,
            ref,
            "%s matches the selector of %s, which takes it over".formatted(ref(orphan, ref), ref));
      }
    }
  }

  private static ObjectRef ref(ObjectNode instance, ObjectRef set) {
    return ObjectRef.of(Kinds.INSTANCE, set.namespace(), Json.name(instance));
  }
}
