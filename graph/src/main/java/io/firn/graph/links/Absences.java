package io.firn.graph.links;

import io.firn.graph.Finding;
import io.firn.graph.Finding.Severity;
import io.firn.graph.GraphNode;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import io.firn.graph.Relation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Turns each node that is missing or could not be read into one finding, as bad as the strongest
/// relation that leads to it.
final class Absences {
  private Absences() {}

  static void report(Draft draft) {
    Map<ObjectRef, Relation> strongest = new HashMap<>();
    for (Relation relation : draft.relations()) {
      strongest.merge(relation.to(), relation, Absences::stronger);
    }
    for (GraphNode node : draft.nodes().values()) {
      Optional<Relation> reason = Optional.ofNullable(strongest.get(node.ref()));
      switch (node.presence()) {
        case Presence.Present() -> {}
        case Presence.Missing() -> reportMissing(node.ref(), reason, draft);
        case Presence.Unknown(String why) ->
            draft.find(
                severity(reason) == Severity.INFO ? Severity.INFO : Severity.WARNING,
                node.ref(),
                node.ref() + " could not be read (" + why + ")" + namedBy(reason));
      }
    }
  }

  private static void reportMissing(ObjectRef ref, Optional<Relation> reason, Draft draft) {
    Finding explained = draft.absences().get(ref);
    if (explained != null) {
      draft.find(explained.severity(), ref, explained.message());
    } else {
      draft.find(severity(reason), ref, ref + " is missing" + namedBy(reason));
    }
  }

  private static Relation stronger(Relation one, Relation other) {
    return other.need().compareTo(one.need()) < 0 ? other : one;
  }

  private static Severity severity(Optional<Relation> reason) {
    return switch (reason.map(Relation::need).orElse(Need.REQUIRED)) {
      case REQUIRED -> Severity.ERROR;
      case OPTIONAL -> Severity.WARNING;
      case DERIVED, NEVER_RESTORE -> Severity.INFO;
    };
  }

  private static String namedBy(Optional<Relation> reason) {
    return reason.map(r -> "; " + r.from() + " names it at " + r.path()).orElse("");
  }
}
