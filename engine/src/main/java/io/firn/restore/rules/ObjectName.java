package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;

/// Gives an object its new name. Comes after the rules that look facts up by the captured name.
final class ObjectName implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place.root(object)
        .find("metadata")
        .ifPresent(metadata -> {
          ObjectRef now = ObjectRef.of(object);
          ObjectRef captured =
              new ObjectRef(
                  now.apiGroup(),
                  now.kind(),
                  now.namespace().isEmpty() ? "" : context.sourceNamespace(),
                  now.name());
          String name = context.renames().getOrDefault(captured, now.name());
          edits.set(metadata, "name", name, "a name of its own");
        });
  }
}
