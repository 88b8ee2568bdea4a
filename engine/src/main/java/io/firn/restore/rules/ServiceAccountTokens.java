package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;

/// Drops the token Secrets of a ServiceAccount: tokens of another cluster open nothing.
final class ServiceAccountTokens implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (Machine.is(object, Kinds.SERVICE_ACCOUNT)) {
      edits.remove(Place.root(object), "secrets", "tokens are issued anew");
    }
  }
}
