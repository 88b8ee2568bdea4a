package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.point.Manifest.MachineFacts;
import java.util.Map;

/// Keeps devices where the guest knows them: the annotations that fix PCI addresses come from the
/// running instance where the template lacks them; else KubeVirt writes its newest scheme, and
/// Windows takes data disks offline.
final class PciTopology implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      return;
    }
    Map<String, String> effective =
        context
            .facts(object.path("metadata").path("name").asText())
            .map(MachineFacts::effectiveAnnotations)
            .orElse(Map.of());
    Place.root(object)
        .find("spec", "template")
        .ifPresent(template -> {
          ObjectNode known = template.node().withObject("/metadata/annotations");
          Place metadata = template.at("metadata", template.node().withObjectProperty("metadata"));
          effective.forEach((key, value) -> {
            if (!known.has(key)) {
              edits.setKey(metadata, "annotations", key, value, "as in the running instance");
            }
          });
          if (known.isEmpty()) {
            metadata.node().remove("annotations");
          }
        });
  }
}
