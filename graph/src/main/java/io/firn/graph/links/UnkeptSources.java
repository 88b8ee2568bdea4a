package io.firn.graph.links;

import io.firn.graph.Finding.Severity;

/// Volumes whose content lies outside of the API's objects: on a node, or in an image. Nobody may
/// think that they are kept.
final class UnkeptSources {
  private UnkeptSources() {}

  static void report(VolumeSlot slot, Draft draft) {
    slot.text("hostDisk.path")
        .ifPresent(path ->
            draft.find(
                Severity.WARNING,
                slot.claimant(),
                "volume %s of %s is the file %s on a node (hostDisk): its data is not kept; copy it to a claim"
                    .formatted(slot.name(), slot.claimant(), path)));
    slot.text("containerDisk.image")
        .ifPresent(image ->
            draft.find(
                Severity.INFO,
                slot.claimant(),
                "volume %s of %s comes from the image %s: a restored machine pulls it again, and what the guest wrote to it is not kept"
                    .formatted(slot.name(), slot.claimant(), image)));
  }
}
