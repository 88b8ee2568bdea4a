package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;
import io.firn.run.RestoreMarks;

/// Marks the object until the restore is done: which point it comes from and which restore is
/// making it, so that a restore that was killed recognizes its own work.
final class RestoreMark implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place metadata = Place.root(object).find("metadata").orElseThrow();
    edits.setKey(metadata, "labels", RestoreMarks.POINT, context.point(), "where it comes from");
    edits.setKey(metadata, "annotations", RestoreMarks.RESTORE, context.mark(), "this restore");
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
