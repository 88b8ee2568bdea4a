package io.firn.graph.links;

import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;

/// Volumes that are claims: of a DataVolume, named directly, the image below an ephemeral overlay,
/// a dump of memory.
final class ClaimSources {
  private ClaimSources() {}

  static void follow(VolumeSlot slot, Draft draft) {
    slot.text("dataVolume.name").ifPresent(name -> followDataVolume(slot, name, draft));
    followClaim(slot, "persistentVolumeClaim.claimName", ClaimRole.DISK, slot.need(), draft);
    followClaim(
        slot,
        "ephemeral.persistentVolumeClaim.claimName",
        ClaimRole.EPHEMERAL_BACKING,
        slot.need(),
        draft);
    followClaim(slot, "memoryDump.claimName", ClaimRole.MEMORY_DUMP, Need.OPTIONAL, draft);
  }

  private static void followDataVolume(VolumeSlot slot, String name, Draft draft) {
    if (slot.holder().isMadePerReplica(name)) {
      return;
    }
    ObjectRef dataVolume = slot.sibling(Kinds.DATA_VOLUME, name);
    ObjectRef claim = slot.sibling(Kinds.CLAIM, name);
    String path = slot.path("dataVolume.name");
    if (isCollected(dataVolume, claim, draft)) {
      draft.explainAbsence(
          Severity.INFO,
          slot.holder().ref(),
          dataVolume,
          dataVolume + " is gone, as old CDI removes what it has filled; " + claim + " is there");
      draft.link(slot.holder().ref(), dataVolume, Need.OPTIONAL, path);
      draft.link(slot.holder().ref(), claim, slot.need(), path);
    } else {
      draft.link(slot.holder().ref(), dataVolume, slot.need(), path);
      draft.link(dataVolume, claim, Need.REQUIRED, DataVolumeLinks.CLAIM_PATH);
    }
    draft.claim(new ClaimUse(slot.claimant(), claim, ClaimRole.DISK, slot.name()));
  }

  private static boolean isCollected(ObjectRef dataVolume, ObjectRef claim, Draft draft) {
    ObjectIndex index = draft.index();
    return index.find(claim).isPresent()
        && index.find(dataVolume).isEmpty()
        && index.list(Kinds.DATA_VOLUME, dataVolume.namespace()).unreadable().isEmpty();
  }

  private static void followClaim(
      VolumeSlot slot, String field, ClaimRole role, Need need, Draft draft) {
    slot.text(field)
        .filter(name -> !slot.holder().isMadePerReplica(name))
        .map(name -> slot.sibling(Kinds.CLAIM, name))
        .ifPresent(claim -> {
          draft.link(slot.holder().ref(), claim, need, slot.path(field));
          draft.claim(new ClaimUse(slot.claimant(), claim, role, slot.name()));
          linkOwner(claim, draft);
        });
  }

  /// A claim that is named directly may still belong to a DataVolume.
  private static void linkOwner(ObjectRef claim, Draft draft) {
    draft
        .index()
        .find(claim)
        .flatMap(object -> Owner.ofKind(object, Kinds.DATA_VOLUME.kind()))
        .map(owner -> ObjectRef.of(Kinds.DATA_VOLUME, claim.namespace(), owner.name()))
        .ifPresent(owner -> draft.link(claim, owner, Need.OPTIONAL, "metadata.ownerReferences"));
  }
}
