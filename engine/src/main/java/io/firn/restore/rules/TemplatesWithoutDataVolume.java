package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.HashSet;
import java.util.Set;

/// Turns volumes whose DataVolume is not in the point (CDI once collected finished ones) into plain
/// claims: KubeVirt would build the DataVolume anew from the template, which fails where its source
/// is gone, and else may import over restored data. The template goes with it, since a template
/// that no volume names is refused.
final class TemplatesWithoutDataVolume implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Set<String> turned = new HashSet<>();
    Machine.in(object)
        .ifPresent(machine ->
            machine.spec().each("volumes").forEach(volume -> turn(volume, context, edits, turned)));
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)
        && object.path("spec").path("dataVolumeTemplates") instanceof ArrayNode templates) {
      drop(object, templates, turned, edits);
    }
  }

  private static void turn(Place volume, RuleContext context, Edits edits, Set<String> turned) {
    volume
        .find("dataVolume")
        .filter(source -> !context.dataVolumes().contains(source.text("name")))
        .filter(source -> context.volume(source.text("name")).isPresent())
        .ifPresent(source -> {
          String claim = source.text("name");
          turned.add(claim);
          ObjectNode asClaim = volume.node().objectNode().put("claimName", claim);
          if (source.node().has("hotpluggable")) {
            asClaim.set("hotpluggable", source.node().get("hotpluggable"));
          }
          edits.remove(volume, "dataVolume", "its DataVolume is not in the point");
          edits.set(volume, "persistentVolumeClaim", asClaim, "the restored claim");
        });
  }

  private static void drop(
      ObjectNode object, ArrayNode templates, Set<String> turned, Edits edits) {
    Place spec = Place.root(object).find("spec").orElseThrow();
    for (int i = templates.size() - 1; i >= 0; i--) {
      String name = templates.get(i).path("metadata").path("name").asText();
      if (turned.contains(name) && templates.get(i) instanceof ObjectNode template) {
        templates.remove(i);
        edits.removedEntry(
            new Place(spec.child("dataVolumeTemplates") + "[" + name + "]", template),
            "its DataVolume is not in the point");
      }
    }
    if (templates.isEmpty()) {
      spec.node().remove("dataVolumeTemplates");
    }
  }
}
