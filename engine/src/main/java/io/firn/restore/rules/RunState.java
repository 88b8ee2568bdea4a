package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;

/// Creates machines halted: one that starts before its data and its TPM state are in place boots
/// from empty disks. The wanted run state is set at the end. Exactly one of `running` and
/// `runStrategy` may be there.
final class RunState implements RestoreRule {
  private static final String WHY = "started only when everything is in place";

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      return;
    }
    Place spec = Place.root(object).find("spec").orElseThrow();
    if (spec.node().hasNonNull("runStrategy") || !spec.node().hasNonNull("running")) {
      edits.remove(spec, "running", "runStrategy says it");
      edits.set(spec, "runStrategy", "Halted", WHY);
    } else {
      edits.set(spec, "running", BooleanNode.FALSE, WHY);
    }
  }
}
