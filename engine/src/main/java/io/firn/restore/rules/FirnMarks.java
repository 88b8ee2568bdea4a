package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;

/// Drops the marks of an earlier restore: an object must not seem to come from this one.
final class FirnMarks implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place.root(object)
        .find("metadata")
        .ifPresent(metadata -> {
          for (String map : new String[] {"labels", "annotations"}) {
            edits.removeKeys(
                metadata, map, key -> key.startsWith("firn.io/"), "mark of an earlier restore");
          }
        });
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
