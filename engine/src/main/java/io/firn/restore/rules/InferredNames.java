package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.List;

/// Drops `inferFromVolume` where the name is known: the webhook refuses both together.
final class InferredNames implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      return;
    }
    for (String matcher : List.of("instancetype", "preference")) {
      Place.root(object)
          .find("spec", matcher)
          .filter(place -> !place.text("name").isEmpty())
          .ifPresent(place -> {
            edits.remove(place, "inferFromVolume", "the name is known");
            edits.remove(place, "inferFromVolumeFailurePolicy", "the name is known");
          });
    }
  }
}
