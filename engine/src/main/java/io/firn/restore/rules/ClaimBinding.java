package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.List;

/// Frees a claim from its old volume and its old data source. A stale source leaves it Pending for
/// ever, or makes CDI import over the restored data; data comes from the mover alone.
final class ClaimBinding implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (Machine.is(object, Kinds.CLAIM)) {
      Place spec = Place.root(object).find("spec").orElseThrow();
      edits.remove(spec, "volumeName", "a new volume is provisioned");
      for (String field : List.of("dataSource", "dataSourceRef")) {
        edits.remove(spec, field, "the data comes from the vault");
      }
    }
  }
}
