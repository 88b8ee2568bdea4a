package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;

/// Drops owners: they have other UIDs now, and the garbage collector deletes an object whose owners
/// do not exist.
final class Owners implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place.root(object)
        .find("metadata")
        .ifPresent(metadata ->
            edits.remove(metadata, "ownerReferences", "its owners have other UIDs now"));
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
