package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// The disruption budget that KubeVirt makes for an instance which is to be migrated on eviction.
final class DisruptionBudgetLinks implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode instance, Draft draft) {
    if (Json.text(instance, "spec.evictionStrategy").orElse("").equals("None")) {
      return;
    }
    draft
        .index()
        .list(Kinds.DISRUPTION_BUDGET, ref.namespace())
        .where(Indexing.OWNER_UID, Json.uid(instance))
        .stream()
        .map(found -> ObjectRef.of(Kinds.DISRUPTION_BUDGET, ref.namespace(), Json.name(found)))
        .forEach(
            budget -> draft.link(ref, budget, Need.DERIVED, "budget metadata.ownerReferences"));
  }
}
