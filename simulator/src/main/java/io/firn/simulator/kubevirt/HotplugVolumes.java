package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What the node agent does for volumes that are plugged into a running machine or out of it, as
/// `status.volumeStatus` tells it: once virt-controller's attachment pod is on the node, a volume
/// becomes Ready; one that is being detached is let go.
final class HotplugVolumes {
  private HotplugVolumes() {}

  static void advance(ObjectNode status) {
    for (ObjectNode volume : objects(status, "volumeStatus")) {
      if (volume.has("hotplugVolume")) {
        advanceOne(volume);
      }
    }
  }

  private static void advanceOne(ObjectNode volume) {
    String name = text(volume, "name");
    switch (text(volume, "phase")) {
      case "AttachedToNode", "MountedToPod" ->
          volume
              .put("phase", "Ready")
              .put("reason", "VolumeReady")
              .put("message", "Successfully attach hotplugged volume " + name + " to VM");
      case "Detaching" ->
          volume
              .put("phase", "UnMountedFromPod")
              .put("reason", "VolumeUnMountedFromPod")
              .put("message", "Volume " + name + " has been unmounted from virt-launcher pod");
      default -> {
        // The other phases are virt-controller's to leave.
      }
    }
  }
}
