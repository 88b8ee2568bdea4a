package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.List;
import java.util.Optional;

/// Writes a renamed machine's new name where the old one stood beside `metadata.name`: labels that
/// Services select by, and those selectors.
final class MachineNames implements RestoreRule {
  private static final List<String> LABELS =
      List.of("kubevirt.io/vm", "vm.kubevirt.io/name", "kubevirt.io/domain");

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place root = Place.root(object);
    Machine.in(object)
        .flatMap(Machine::templateMetadata)
        .ifPresent(metadata -> {
          labels(metadata.find("labels"), context, edits);
          if (!Machine.is(object, Kinds.INSTANCE) && !metadata.text("name").isEmpty()) {
            edits.set(metadata, "name", renamed(context, metadata.text("name")), "--rename");
          }
        });
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      labels(root.find("metadata", "labels"), context, edits);
    }
    if (Machine.is(object, Kinds.SERVICE)) {
      labels(root.find("spec", "selector"), context, edits);
    }
  }

  private static void labels(Optional<Place> labels, RuleContext context, Edits edits) {
    labels.ifPresent(place ->
        LABELS.forEach(label -> {
          if (!place.text(label).isEmpty()) {
            edits.set(place, label, renamed(context, place.text(label)), "--rename");
          }
        }));
  }

  private static String renamed(RuleContext context, String name) {
    return context.nameOf(Kinds.VIRTUAL_MACHINE, name);
  }
}
