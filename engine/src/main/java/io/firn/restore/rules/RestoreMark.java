package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;

/// Marks the object: which point it comes from (for good) and which restore is making it (until the
/// restore is done), so that a restore that was killed recognizes its own work.
public final class RestoreMark implements RestoreRule {
  /// Label: the point that the object was restored from.
  public static final String POINT = "firn.io/point";

  /// Annotation: the restore that is going on.
  public static final String RESTORE = "firn.io/restore";

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place metadata = Place.root(object).find("metadata").orElseThrow();
    edits.setKey(metadata, "labels", POINT, context.point(), "where it comes from");
    edits.setKey(metadata, "annotations", RESTORE, context.mark(), "this restore");
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
