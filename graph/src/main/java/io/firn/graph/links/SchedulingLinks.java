package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import java.util.ArrayList;
import java.util.List;

/// What a machine asks of the cluster that runs it: its priority class, and abilities that are no
/// objects, which are told as a finding.
final class SchedulingLinks implements MachineLinks {
  private static final String PRIORITY = "priorityClassName";

  @Override
  public void follow(Machine machine, Draft draft) {
    Json.text(machine.spec(), PRIORITY)
        .map(name -> ObjectRef.of(Kinds.PRIORITY_CLASS, "", name))
        .ifPresent(ref -> draft.link(machine.ref(), ref, Need.OPTIONAL, machine.path(PRIORITY)));
    List<String> abilities = abilities(machine.spec());
    if (!abilities.isEmpty()) {
      draft.find(
          Severity.INFO,
          machine.ref(),
          machine.ref() + " needs of its cluster: " + String.join(", ", abilities));
    }
  }

  private static List<String> abilities(JsonNode spec) {
    List<String> abilities = new ArrayList<>();
    for (String devices : List.of("gpus", "hostDevices")) {
      for (JsonNode device : Json.at(spec, "domain.devices." + devices)) {
        Json.text(device, "deviceName").ifPresent(name -> abilities.add("device " + name));
      }
    }
    Json.text(spec, "schedulerName").ifPresent(name -> abilities.add("scheduler " + name));
    return abilities;
  }
}
