package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;

/// One rule: looks at a definition and changes what it is about, through [Edits] so that every
/// change is told. A rule that does not concern the object does nothing. Idempotent.
///
/// Stateless.
interface RestoreRule {
  void apply(ObjectNode object, RuleContext context, Edits edits);

  /// Who cares about this rule's changes.
  default Rewrite.Scope scope() {
    return Rewrite.Scope.CHANGE;
  }
}
