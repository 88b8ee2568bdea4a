package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;

/// Drops all finalizers: controllers add theirs again, and one that nobody handles any more (of a
/// snapshot or pool that is gone) would keep the object from ever being deleted.
final class Finalizers implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place.root(object)
        .find("metadata")
        .ifPresent(
            metadata -> edits.remove(metadata, "finalizers", "controllers add their own again"));
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
