package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;
import java.util.List;

/// Drops what the API server owns; a `resourceVersion` makes a create fail, and `generateName`
/// would give another name.
final class ServerOwnedFields implements RestoreRule {
  private static final List<String> METADATA =
      List.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "managedFields",
          "generateName");

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place root = Place.root(object);
    root.find("metadata")
        .ifPresent(metadata ->
            METADATA.forEach(field -> edits.remove(metadata, field, "owned by the server")));
    edits.remove(root, "status", "owned by controllers");
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
