package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Volumes that only the running instance of a machine has. Their data is real, yet a restored
/// machine does not attach them.
final class HotplugLinks implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode object, Draft draft) {
    var instance = new Machine(MachineKind.INSTANCE, ref, object);
    if (Ownership.standsAlone(instance, draft)) {
      return;
    }
    Ownership.ownerInGraph(ref, object, draft)
        .ifPresent(owner -> followUnknownTo(owner, instance, draft));
  }

  private static void followUnknownTo(Machine owner, Machine instance, Draft draft) {
    Set<String> known = names(owner.volumes());
    for (JsonNode volume : instance.volumes()) {
      if (!known.contains(volume.path("name").asText(""))) {
        followHotplugged(owner, instance, volume, draft);
      }
    }
  }

  private static void followHotplugged(
      Machine owner, Machine instance, JsonNode volume, Draft draft) {
    var slot = VolumeSlot.of(instance, owner.ref(), volume, Need.OPTIONAL);
    ClaimSources.follow(slot, draft);
    if (slot.text("memoryDump.claimName").isEmpty()) {
      draft.find(
          Severity.WARNING,
          owner.ref(),
          "volume %s is attached to the running instance of %s only: a restored machine does not attach it"
              .formatted(slot.name(), owner.ref()));
    }
  }

  private static Set<String> names(JsonNode volumes) {
    return StreamSupport.stream(volumes.spliterator(), false)
        .map(volume -> volume.path("name").asText(""))
        .collect(Collectors.toSet());
  }
}
