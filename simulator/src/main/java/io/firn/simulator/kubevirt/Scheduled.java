package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.putIfAbsent;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;
import java.time.Instant;

/// Hands an instance whose launcher pod runs over to the node agent.
final class Scheduled {
  static final String NODE_LABEL = "kubevirt.io/nodeName";

  private Scheduled() {}

  static void write(ObjectNode instance, ObjectNode pod, Instant now) {
    String node = text(pod, "spec", "nodeName");
    Meta.labels(instance).put(NODE_LABEL, node);
    ObjectNode status = object(instance, "status");
    object(status, "activePods").put(Meta.uid(pod), node);
    status.put("nodeName", node);
    status.put("launcherContainerImageVersion", LauncherPod.IMAGE);
    status.put("migrationTransport", "Unix");
    status.put("qosClass", "Burstable");
    status.put("runtimeUser", 107);
    memory(instance);
    Phases.enter(instance, Phases.SCHEDULED, now);
  }

  private static void memory(ObjectNode instance) {
    String guest = text(instance, "spec", "domain", "memory", "guest");
    ObjectNode memory = object(instance, "status", "memory");
    for (String field : new String[] {"guestAtBoot", "guestCurrent", "guestRequested"}) {
      putIfAbsent(memory, field, guest);
    }
    memory.put("memoryOverhead", LauncherPod.overheadMebibytes(instance) + "Mi");
  }
}
