package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;

/// Lets the claim with TPM and EFI state name its machine as it is called now: KubeVirt finds it by
/// this label alone and otherwise makes an empty one.
final class BackendStorageLabel implements RestoreRule {
  static final String LABEL = "persistent-state-for";

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.CLAIM)) {
      return;
    }
    Place.root(object)
        .find("metadata", "labels")
        .filter(labels -> !labels.text(LABEL).isEmpty())
        .ifPresent(labels ->
            edits.set(
                labels,
                LABEL,
                context.nameOf(Kinds.VIRTUAL_MACHINE, labels.text(LABEL)),
                "the machine's new name"));
  }
}
