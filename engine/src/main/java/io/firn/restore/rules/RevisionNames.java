package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.point.Manifest.MachineFacts;
import java.util.Optional;
import java.util.function.Function;

/// Names the ControllerRevisions that were in use. They are known from the old status only, which
/// is lost; without the name KubeVirt takes the *current* instancetype, and the machine changes
/// silently.
final class RevisionNames implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      pin(object, context, edits, "instancetype", MachineFacts::instancetypeRevision);
      pin(object, context, edits, "preference", MachineFacts::preferenceRevision);
    }
  }

  private static void pin(
      ObjectNode object,
      RuleContext context,
      Edits edits,
      String matcher,
      Function<MachineFacts, Optional<String>> revision) {
    Optional<Place> place = Place.root(object).find("spec", matcher);
    Optional<String> used =
        context.facts(object.path("metadata").path("name").asText()).flatMap(revision);
    if (place.isPresent()) {
      String name = used.orElse(place.get().text("revisionName"));
      if (!name.isEmpty()) {
        edits.set(
            place.get(),
            "revisionName",
            context.nameOf(Kinds.CONTROLLER_REVISION, name),
            "the revision that was in use, not the current one");
      }
    }
  }
}
