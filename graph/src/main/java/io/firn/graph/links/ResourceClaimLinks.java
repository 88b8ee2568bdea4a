package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ResourceKind;

/// Devices that are claimed by Kubernetes' dynamic resource allocation.
final class ResourceClaimLinks implements MachineLinks {
  @Override
  public void follow(Machine machine, Draft draft) {
    for (JsonNode claim : machine.spec().path("resourceClaims")) {
      link(machine, claim, Kinds.RESOURCE_CLAIM, "resourceClaimName", draft);
      link(machine, claim, Kinds.RESOURCE_CLAIM_TEMPLATE, "resourceClaimTemplateName", draft);
    }
  }

  private static void link(
      Machine machine, JsonNode claim, ResourceKind kind, String field, Draft draft) {
    String entry = "resourceClaims[" + claim.path("name").asText("") + "].";
    Json.text(claim, field)
        .map(name -> machine.sibling(kind, name))
        .ifPresent(
            ref -> draft.link(machine.ref(), ref, Need.REQUIRED, machine.path(entry + field)));
  }
}
