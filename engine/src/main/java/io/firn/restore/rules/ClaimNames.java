package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.List;

/// Lets a machine name its claims and DataVolumes as they are called now (a copy beside the
/// original needs its own).
final class ClaimNames implements RestoreRule {
  private static final String WHY = "the copy has its own volumes";

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Machine.in(object)
        .ifPresent(machine ->
            machine.spec().each("volumes").forEach(volume -> volume(volume, context, edits)));
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)
        && object.path("spec").path("dataVolumeTemplates") instanceof ArrayNode) {
      Place.root(object)
          .find("spec")
          .ifPresent(spec ->
              spec.each("dataVolumeTemplates")
                  .forEach(template ->
                      template
                          .find("metadata")
                          .ifPresent(meta -> rename(meta, "name", context, edits))));
    }
  }

  private static void volume(Place volume, RuleContext context, Edits edits) {
    volume.find("dataVolume").ifPresent(p -> rename(p, "name", context, edits));
    for (List<String> path :
        List.of(List.of("persistentVolumeClaim"), List.of("ephemeral", "persistentVolumeClaim"))) {
      volume
          .find(path.toArray(String[]::new))
          .ifPresent(p -> rename(p, "claimName", context, edits));
    }
  }

  private static void rename(Place place, String field, RuleContext context, Edits edits) {
    if (!place.text(field).isEmpty()) {
      edits.set(place, field, context.claimName(place.text(field)), WHY);
    }
  }
}
