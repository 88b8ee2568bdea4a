package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What the kubelet knows of a pod; written into its status without touching what others wrote
/// there, as the conditions of readiness gates. `reason` and `message` are "" but for a pod that
/// failed as a whole.
record PodReport(
    String phase,
    String reason,
    String message,
    List<ContainerReport> initContainers,
    List<ContainerReport> containers) {
  static final String EVICTED = "Evicted";

  /// The address of a pod whose part listens elsewhere than on 127.0.0.1.
  private static final String ADDRESS_ANNOTATION = "simulator.firn.io/address";

  private static final String LOOPBACK = "127.0.0.1";

  PodReport {
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
  }

  void writeInto(ObjectNode pod, Instant now) {
    ObjectNode status = Fields.object(pod, "status");
    status.put("phase", phase);
    if (!reason.isEmpty()) {
      status.put("reason", reason).put("message", message);
    }
    String own = Meta.annotation(pod, ADDRESS_ANNOTATION);
    String address = own.isEmpty() ? LOOPBACK : own;
    status.put("hostIP", LOOPBACK).put("podIP", address);
    status.putArray("podIPs").addObject().put("ip", address);
    Fields.putIfAbsent(status, "startTime", time(now));
    writeContainers(status, "initContainerStatuses", initContainers);
    writeContainers(status, "containerStatuses", containers);
    boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
    boolean ready = !ended && containers.stream().allMatch(one -> one.state().running());
    String why = ended ? "PodCompleted" : "ContainersNotReady";
    condition(status, "Initialized", initialized(), "ContainersNotInitialized", now);
    condition(status, "ContainersReady", ready, why, now);
    condition(status, "Ready", ready && gatesOpen(pod), gateReason(ready, why), now);
    condition(status, "PodScheduled", true, "", now);
    if (reason.equals(EVICTED)) {
      condition(status, "DisruptionTarget", true, "", now);
      Fields.named(status.path("conditions"), "type", "DisruptionTarget")
          .ifPresent(one -> one.put("reason", "TerminationByKubelet").put("message", message));
    }
  }

  private boolean initialized() {
    return initContainers.stream()
        .allMatch(one -> one.state().running() || one.state() instanceof ContainerState.Terminated);
  }

  private static String gateReason(boolean ready, String why) {
    return ready ? "ReadinessGatesNotReady" : why;
  }

  private static boolean gatesOpen(ObjectNode pod) {
    return Fields.objects(pod, "spec", "readinessGates").stream()
        .map(gate -> Fields.text(gate, "conditionType"))
        .allMatch(type ->
            Fields.named(Fields.at(pod, "status", "conditions"), "type", type)
                .map(one -> Fields.text(one, "status").equals("True"))
                .orElse(false));
  }

  private static void writeContainers(
      ObjectNode status, String field, List<ContainerReport> reports) {
    if (reports.isEmpty()) {
      return;
    }
    ArrayNode array = status.putArray(field);
    reports.forEach(report -> array.add(report.json()));
  }

  /// Sets a condition; its time changes only with its status.
  static void condition(ObjectNode status, String type, boolean holds, String reason, Instant now) {
    String wanted = holds ? "True" : "False";
    ObjectNode condition =
        Fields.named(Fields.at(status, "conditions"), "type", type)
            .orElseGet(() -> Fields.array(status, "conditions").addObject());
    if (!Fields.text(condition, "status").equals(wanted)) {
      condition.putNull("lastProbeTime");
      condition.put("lastTransitionTime", time(now));
      condition.put("status", wanted);
      condition.put("type", type);
    }
    if (holds || reason.isEmpty()) {
      condition.remove(List.of("reason", "message"));
    } else {
      condition.put("reason", reason);
    }
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
