package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.ObjectRef;

/// What the volumes of a machine come from, in the order of its spec, then the volumes that are
/// asked for but not yet in the spec.
final class VolumeLinks implements MachineLinks {
  @Override
  public void follow(Machine machine, Draft draft) {
    ObjectRef claimant = Ownership.claimant(machine, draft);
    for (JsonNode volume : machine.volumes()) {
      var slot = VolumeSlot.of(machine, claimant, volume);
      ClaimSources.follow(slot, draft);
      ConfigSources.follow(slot, draft);
      UnkeptSources.report(slot, draft);
    }
  }
}
