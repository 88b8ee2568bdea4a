package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Quantity;
import io.firn.graph.Kinds;

/// Asks for at least what the captured volume really had: drivers round up, and a block copy does
/// not fit into less.
final class ClaimSize implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.CLAIM)) {
      return;
    }
    String name = object.path("metadata").path("name").asText();
    Place.root(object)
        .find("spec", "resources", "requests")
        .ifPresent(requests ->
            context
                .volume(name)
                .filter(v -> v.capacityBytes() > Quantity.bytes(requests.text("storage")))
                .ifPresent(v ->
                    edits.set(
                        requests,
                        "storage",
                        Long.toString(v.capacityBytes()),
                        "the captured volume had that size")));
  }
}
