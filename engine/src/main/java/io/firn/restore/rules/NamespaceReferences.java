package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firn.graph.Kinds;
import java.util.List;

/// Writes the new namespace where the old one stood: in `metadata`, in DataVolume templates (which
/// must agree with their machine), in sources of DataVolumes, in network names, in affinity terms
/// and in the subjects of role bindings.
final class NamespaceReferences implements RestoreRule {
  private static final String WHY = "--to-namespace";

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!context.moved()) {
      return;
    }
    Place root = Place.root(object);
    root.find("metadata").ifPresent(m -> rename(m, context, edits));
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      root.find("spec")
          .ifPresent(
              spec -> spec.each("dataVolumeTemplates").forEach(t -> template(t, context, edits)));
    }
    if (Machine.is(object, Kinds.DATA_VOLUME)) {
      root.find("spec").ifPresent(spec -> sources(spec, context, edits));
    }
    if (Machine.is(object, Kinds.ROLE_BINDING)) {
      root.each("subjects").forEach(subject -> rename(subject, context, edits));
    }
    Machine.in(object).ifPresent(machine -> machine(machine.spec(), context, edits));
  }

  private static void template(Place template, RuleContext context, Edits edits) {
    template.find("metadata").ifPresent(metadata -> rename(metadata, context, edits));
    template.find("spec").ifPresent(spec -> sources(spec, context, edits));
  }

  /// A source without a namespace means the DataVolume's own, so it moves along by itself.
  private static void sources(Place spec, RuleContext context, Edits edits) {
    for (List<String> path :
        List.of(List.of("source", "pvc"), List.of("source", "snapshot"), List.of("sourceRef"))) {
      spec.find(path.toArray(String[]::new)).ifPresent(place -> rename(place, context, edits));
    }
  }

  private static void machine(Place spec, RuleContext context, Edits edits) {
    for (Place network : spec.each("networks")) {
      network
          .find("multus")
          .filter(m -> m.text("networkName").startsWith(context.sourceNamespace() + "/"))
          .ifPresent(m -> {
            String name = m.text("networkName").substring(m.text("networkName").indexOf('/'));
            edits.set(m, "networkName", context.targetNamespace() + name, WHY);
          });
    }
    for (String sort : List.of("podAffinity", "podAntiAffinity")) {
      spec.find("affinity", sort).ifPresent(affinity -> terms(affinity, context, edits));
    }
  }

  private static void terms(Place affinity, RuleContext context, Edits edits) {
    affinity
        .each("requiredDuringSchedulingIgnoredDuringExecution")
        .forEach(term -> namespaces(term, context, edits));
    affinity
        .each("preferredDuringSchedulingIgnoredDuringExecution")
        .forEach(weighted ->
            weighted.find("podAffinityTerm").ifPresent(term -> namespaces(term, context, edits)));
  }

  private static void namespaces(Place term, RuleContext context, Edits edits) {
    if (term.node().path("namespaces") instanceof ArrayNode names) {
      ArrayNode renamed = names.arrayNode();
      names.forEach(name -> renamed.add(TextNode.valueOf(context.namespaceOf(name.asText()))));
      edits.set(term, "namespaces", renamed, WHY);
    }
  }

  private static void rename(Place place, RuleContext context, Edits edits) {
    if (!place.text("namespace").isEmpty()) {
      edits.set(place, "namespace", context.namespaceOf(place.text("namespace")), WHY);
    }
  }
}
