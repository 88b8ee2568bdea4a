package io.firn.restore;

import io.firn.graph.GraphNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.Relation;
import io.firn.restore.rules.ReservedLabels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What machines need and this restore does not bring: it should be in the target cluster already.
record PrerequisiteCheck(CapturedPoint point, Names names, TargetCluster target, PlanNotes notes) {

  void check(List<RestoreAction> actions, Set<ObjectRef> chosen) {
    Set<ObjectRef> coming = new HashSet<>();
    for (RestoreAction action : actions) {
      switch (action) {
        case RestoreAction.Create _,
            RestoreAction.Adopt _,
            RestoreAction.Populate _,
            RestoreAction.Conflict _ ->
            coming.add(action.source());
        case RestoreAction.Skip _, RestoreAction.Remove _ -> {}
      }
    }
    Set<ObjectRef> asked = new HashSet<>();
    for (Relation relation : point.graph().relations()) {
      boolean wanted = chosen.contains(relation.from()) && coming.contains(relation.from());
      if (wanted
          && !coming.contains(relation.to())
          && prerequisite(relation)
          && asked.add(relation.to())
          && target.get(names.target(relation.to())).isEmpty()) {
        target
            .unseen(names.target(relation.to()))
            .ifPresentOrElse(why -> unseen(relation, why), () -> missing(relation));
      }
    }
  }

  private boolean prerequisite(Relation relation) {
    boolean needed =
        switch (relation.need()) {
          case REQUIRED -> true;
          // Networks and classes come from the cluster, yet a machine does not start without them.
          case OPTIONAL -> isNetworkOrClass(relation.to());
          case DERIVED, NEVER_RESTORE -> false;
        };
    GraphNode node = point.graph().nodes().get(relation.to());
    // The label goes with the pool, and the need for the revision with the label.
    boolean ofPool = relation.path().contains(ReservedLabels.POOL_REVISION);
    return needed
        && node != null
        && !ofPool
        && !relation.to().kind().equals(Kinds.STORAGE_CLASS.kind());
  }

  private static boolean isNetworkOrClass(ObjectRef ref) {
    return ref.kind().equals(Kinds.NETWORK_ATTACHMENT.kind())
        || ref.kind().equals(Kinds.PRIORITY_CLASS.kind());
  }

  private void unseen(Relation relation, String why) {
    notes.warn(
        names.target(relation.from()),
        "whether the target cluster has %s, which is not in the point and which %s names (%s), is unknown: %s"
            .formatted(
                names.target(relation.to()), names.target(relation.from()), relation.path(), why),
        "");
  }

  private void missing(Relation relation) {
    ObjectRef absent = names.target(relation.to());
    String weight = relation.need() == Need.REQUIRED ? "needs" : "names";
    notes.warn(
        names.target(relation.from()),
        "%s %s %s, which is neither in the point nor in the target cluster (%s)"
            .formatted(names.target(relation.from()), weight, absent, relation.path()),
        "Make it before the machine starts; it waits for it.");
  }
}
