package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.List;

/// Maps storage classes in all three places that name them; a machine's templates too, since
/// KubeVirt builds DataVolumes from these.
final class StorageClasses implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Place root = Place.root(object);
    if (Machine.is(object, Kinds.CLAIM)) {
      root.find("spec").ifPresent(spec -> map(spec, context, edits));
    }
    if (Machine.is(object, Kinds.DATA_VOLUME)) {
      root.find("spec").ifPresent(spec -> mapBoth(spec, context, edits));
    }
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)
        && object.path("spec").path("dataVolumeTemplates") instanceof ArrayNode) {
      root.find("spec")
          .ifPresent(spec ->
              spec.each("dataVolumeTemplates")
                  .forEach(template ->
                      template.find("spec").ifPresent(inner -> mapBoth(inner, context, edits))));
    }
  }

  private static void mapBoth(Place spec, RuleContext context, Edits edits) {
    for (String field : List.of("pvc", "storage")) {
      spec.find(field).ifPresent(claim -> map(claim, context, edits));
    }
  }

  private static void map(Place claim, RuleContext context, Edits edits) {
    String mapped = context.storageClasses().get(claim.text("storageClassName"));
    if (mapped != null) {
      edits.set(claim, "storageClassName", mapped, "--storage-class");
    }
  }
}
