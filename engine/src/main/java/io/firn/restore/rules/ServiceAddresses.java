package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.List;

/// Drops the addresses and ports that the old cluster gave to a Service; a headless one stays so.
final class ServiceAddresses implements RestoreRule {
  private static final List<String> ASSIGNED =
      List.of("clusterIP", "clusterIPs", "healthCheckNodePort");

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.SERVICE)) {
      return;
    }
    Place spec = Place.root(object).find("spec").orElseThrow();
    if (!spec.text("clusterIP").equals("None")) {
      ASSIGNED.forEach(field -> edits.remove(spec, field, "assigned anew"));
    }
    spec.each("ports").forEach(port -> edits.remove(port, "nodePort", "assigned anew"));
  }
}
