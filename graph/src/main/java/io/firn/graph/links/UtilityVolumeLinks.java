package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// Scratch claims of a memory dump or a push backup that runs at the moment.
final class UtilityVolumeLinks implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode instance, Draft draft) {
    var machine = new Machine(MachineKind.INSTANCE, ref, instance);
    for (JsonNode volume : Json.at(instance, "spec.utilityVolumes")) {
      String name = volume.path("name").asText("");
      Json.text(volume, "claimName")
          .map(claim -> machine.sibling(Kinds.CLAIM, claim))
          .ifPresent(claim -> {
            String path = "spec.utilityVolumes[" + name + "].claimName";
            draft.link(ref, claim, Need.NEVER_RESTORE, path);
            draft.claim(
                new ClaimUse(Ownership.claimant(machine, draft), claim, ClaimRole.SCRATCH, name));
          });
    }
  }
}
