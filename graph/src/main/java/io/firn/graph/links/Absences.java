package io.firn.graph.links;

import io.firn.graph.Finding;
import io.firn.graph.Finding.Severity;
import io.firn.graph.GraphNode;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import io.firn.graph.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns nodes that are missing or could not be read into findings: one for each missing object, as
/// bad as the worst relation that leads to it; one for each object that is required and could not
/// be read; one for all others of a kind; and one for each list that was searched in vain because
/// it could not be read.
final class Absences {
  private final Draft draft;
  private final Map<ObjectRef, List<Relation>> relations = new HashMap<>();

  private Absences(Draft draft) {
    this.draft = draft;
    for (Relation relation : draft.relations()) {
      relations.computeIfAbsent(relation.to(), _ -> new ArrayList<>()).add(relation);
    }
  }

  static void report(Draft draft) {
    new Absences(draft).report();
  }

  private void report() {
    var unread = new UnreadKinds();
    for (GraphNode node : draft.nodes().values()) {
      switch (node.presence()) {
        case Presence.Present() -> {}
        case Presence.Missing() -> draft.find(missing(node.ref()));
        case Presence.Unknown(String why) -> {
          boolean required = need(node.ref()) == Need.REQUIRED;
          unread.add(node.ref(), why, required);
          if (required) {
            draft.find(required(node.ref(), why));
          }
        }
      }
    }
    unread.report(draft);
  }

  private Finding required(ObjectRef ref, String why) {
    return new Finding(
        draft.isRoot(ref) ? Severity.ERROR : Severity.WARNING,
        ref,
        "%s could not be read (%s)%s".formatted(ref, why, namedBy(ref)));
  }

  private Finding missing(ObjectRef ref) {
    Finding worst = null;
    for (Relation relation : relations.getOrDefault(ref, List.of())) {
      Finding finding = draft.explainedAbsence(relation).orElseGet(() -> plain(relation));
      if (worst == null || finding.severity().compareTo(worst.severity()) > 0) {
        worst = finding;
      }
    }
    return worst == null ? new Finding(Severity.ERROR, ref, ref + " is missing") : worst;
  }

  private static Finding plain(Relation relation) {
    return new Finding(
        severity(relation.need()), relation.to(), relation.to() + " is missing" + named(relation));
  }

  private static Severity severity(Need need) {
    return switch (need) {
      case REQUIRED -> Severity.ERROR;
      case OPTIONAL -> Severity.WARNING;
      case DERIVED, NEVER_RESTORE -> Severity.INFO;
    };
  }

  private Need need(ObjectRef ref) {
    return relations.getOrDefault(ref, List.of()).stream()
        .map(Relation::need)
        .min(Need::compareTo)
        .orElse(Need.REQUIRED);
  }

  private String namedBy(ObjectRef ref) {
    return relations.getOrDefault(ref, List.of()).stream()
        .findFirst()
        .map(Absences::named)
        .orElse("");
  }

  private static String named(Relation relation) {
    return "; " + relation.from() + " names it at " + relation.path();
  }
}
