package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;
import java.util.Set;

/// Drops annotations that record progress of the old cluster. User annotations stay.
final class TransientAnnotations implements RestoreRule {
  private static final Set<String> KEYS =
      Set.of(
          "restore.kubevirt.io/lastRestoreUID",
          "kubevirt.io/latest-observed-api-version",
          "kubevirt.io/storage-observed-api-version",
          "kubemacpool.io/transaction-timestamp");

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place.root(object)
        .find("metadata")
        .ifPresent(metadata ->
            edits.removeKeys(
                metadata, "annotations", KEYS::contains, "bookkeeping of the old object"));
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
