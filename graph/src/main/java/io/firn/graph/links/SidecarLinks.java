package io.firn.graph.links;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;

/// ConfigMaps and claims of hook sidecars, which an annotation describes as JSON.
final class SidecarLinks implements MachineLinks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANNOTATION = "hooks.kubevirt.io/hookSidecars";

  @Override
  public void follow(Machine machine, Draft draft) {
    String written = machine.templateMetadata().path("annotations").path(ANNOTATION).asText("");
    if (written.isEmpty()) {
      return;
    }
    try {
      int position = 0;
      for (JsonNode sidecar : JSON.readTree(written)) {
        followSidecar(machine, sidecar, "hookSidecars[" + position + "]", draft);
        position++;
      }
    } catch (JsonProcessingException e) {
      draft.find(
          Severity.WARNING,
          machine.ref(),
          "annotation %s of %s is not JSON (%s): what its sidecars need is not known"
              .formatted(ANNOTATION, machine.ref(), e.getOriginalMessage()));
    }
  }

  private static void followSidecar(Machine machine, JsonNode sidecar, String name, Draft draft) {
    String path = machine.kind().metadataPath() + ".annotations[" + ANNOTATION + "]." + name;
    Json.text(sidecar, "configMap.name")
        .map(map -> machine.sibling(Kinds.CONFIG_MAP, map))
        .ifPresent(map -> draft.link(machine.ref(), map, Need.REQUIRED, path + ".configMap.name"));
    Json.text(sidecar, "pvc.name")
        .map(claim -> machine.sibling(Kinds.CLAIM, claim))
        .ifPresent(claim -> {
          draft.link(machine.ref(), claim, Need.REQUIRED, path + ".pvc.name");
          draft.claim(
              new ClaimUse(Ownership.claimant(machine, draft), claim, ClaimRole.DISK, name));
        });
  }
}
