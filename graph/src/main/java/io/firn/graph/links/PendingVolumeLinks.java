package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Volumes that somebody has asked a VM to add (`virtctl addvolume --persist`) and that KubeVirt
/// has not written into its spec yet.
final class PendingVolumeLinks implements MachineLinks {
  private static final String OPTIONS = "addVolumeOptions";

  @Override
  public void follow(Machine machine, Draft draft) {
    Set<String> known =
        StreamSupport.stream(machine.volumes().spliterator(), false)
            .map(volume -> volume.path("name").asText(""))
            .collect(Collectors.toSet());
    int position = 0;
    for (JsonNode request : Json.at(machine.object(), "status.volumeRequests")) {
      String name = Json.text(request, OPTIONS + ".name").orElse("");
      if (request.path(OPTIONS).path("volumeSource") instanceof ObjectNode source
          && !known.contains(name)) {
        followRequest(machine, name, source, position, draft);
      }
      position++;
    }
  }

  private static void followRequest(
      Machine machine, String name, ObjectNode source, int position, Draft draft) {
    ObjectRef claimant = Ownership.claimant(machine, draft);
    String path = "status.volumeRequests[%d].%s.volumeSource".formatted(position, OPTIONS);
    ClaimSources.follow(
        new VolumeSlot(machine, claimant, name, source, path, Need.REQUIRED), draft);
    draft.find(
        Severity.WARNING,
        machine.ref(),
        "volume %s is about to be added to %s: its spec does not name it yet"
            .formatted(name, machine.ref()));
  }
}
