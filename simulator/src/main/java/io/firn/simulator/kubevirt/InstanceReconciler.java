package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Brings a VirtualMachineInstance from Pending to Scheduled, watches over its launcher pod while
/// it runs, and clears up after it. The node agent does what lies between.
final class InstanceReconciler {
  private static final Duration WAITING = Duration.ofMillis(500);

  private final ApiClient client;
  private final InstantSource clock;
  private final ClaimCheck claims;
  private final BackendStorage backend;
  private final LauncherPods pods;
  private final VolumeStatuses volumeStatuses;
  private final Disruption disruption;

  InstanceReconciler(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.claims = new ClaimCheck(client);
    this.backend = new BackendStorage(client);
    this.pods = new LauncherPods(client, clock);
    this.volumeStatuses = new VolumeStatuses(client);
    this.disruption = new Disruption(client);
  }

  Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> read = client.get(VirtTypes.INSTANCE, key.namespace(), key.name());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode instance = read.get();
    List<ObjectNode> running = pods.of(instance);
    ObjectNode next = instance.deepCopy();
    Optional<Duration> again;
    if (Meta.deleting(instance) || Phases.isFinal(instance)) {
      again = end(next, running);
    } else {
      again = advance(next, running);
    }
    if (!next.equals(instance)) {
      client.update(VirtTypes.INSTANCE, next);
    }
    return again;
  }

  private Optional<Duration> advance(ObjectNode instance, List<ObjectNode> running) {
    InstanceBuilder.observed(Meta.annotations(instance));
    if (Phases.of(instance).isEmpty()) {
      Phases.enter(instance, Phases.PENDING, clock.instant());
    }
    return switch (Phases.of(instance)) {
      case Phases.PENDING -> pending(instance, running);
      case Phases.SCHEDULING -> scheduling(instance, running);
      default -> onNode(instance, running);
    };
  }

  private Optional<Duration> pending(ObjectNode instance, List<ObjectNode> running) {
    ClaimCheck.Verdict verdict = claims.check(instance);
    ReadyVolumes.tell(instance, verdict, clock.instant());
    notReady(instance);
    boolean stateReady = backend.prepare(instance);
    return switch (verdict) {
      case ClaimCheck.Verdict.Ready _ -> {
        pods.endProvisioning(running);
        if (!stateReady || pods.hasProvisioning(running)) {
          yield Optional.of(WAITING);
        }
        launch(instance, pods.launchers(running));
        yield Optional.empty();
      }
      case ClaimCheck.Verdict.WaitingForConsumer _ -> {
        pods.provision(instance, running);
        yield Optional.of(WAITING);
      }
      case ClaimCheck.Verdict.Filling _ -> {
        pods.endProvisioning(running);
        yield Optional.of(WAITING);
      }
      case ClaimCheck.Verdict.Missing _ -> Optional.of(WAITING);
    };
  }

  private void launch(ObjectNode instance, List<ObjectNode> launchers) {
    if (launchers.isEmpty()) {
      pods.launch(instance, backend.find(instance));
    }
    disruption.protect(instance);
    Phases.enter(instance, Phases.SCHEDULING, clock.instant());
  }

  private Optional<Duration> scheduling(ObjectNode instance, List<ObjectNode> running) {
    List<ObjectNode> launchers = pods.launchers(running);
    if (launchers.isEmpty()) {
      Phases.enter(instance, Phases.FAILED, clock.instant());
      return Optional.empty();
    }
    ObjectNode pod = launchers.getFirst();
    pods.gate(pod, false);
    volumeStatuses.write(instance, backend.find(instance));
    if (text(pod, "status", "phase").equals("Running")
        && !text(pod, "spec", "nodeName").isEmpty()) {
      Scheduled.write(instance, pod, clock.instant());
      pods.labelNode(pod);
    }
    return Optional.empty();
  }

  private Optional<Duration> onNode(ObjectNode instance, List<ObjectNode> running) {
    List<ObjectNode> launchers = pods.launchers(running);
    if (launchers.isEmpty()) {
      Phases.enter(instance, Phases.FAILED, clock.instant());
      return Optional.empty();
    }
    boolean paused = Conditions.isTrue(instance, "Paused");
    pods.gate(launchers.getFirst(), paused);
    volumeStatuses.write(instance, backend.find(instance));
    boolean up = Phases.of(instance).equals(Phases.RUNNING);
    if (up && !paused) {
      Conditions.set(instance, "Ready", true, "", "", clock.instant());
    } else {
      notReady(instance);
    }
    return Optional.empty();
  }

  private void notReady(ObjectNode instance) {
    Conditions.set(
        instance,
        "Ready",
        false,
        "GuestNotRunning",
        "Guest VM is not reported as running",
        clock.instant());
  }

  /// A finished instance needs no pod; one that is deleted may go when its pods are gone.
  private Optional<Duration> end(ObjectNode instance, List<ObjectNode> running) {
    boolean onNode = Phases.isOnNode(instance);
    if (Meta.deleting(instance) && (!onNode || pods.launchers(running).isEmpty())) {
      running.stream()
          .filter(pod -> !Meta.deleting(pod))
          .forEach(pod -> client.delete(Types.POD, ObjectKey.of(pod)));
      if (running.isEmpty()) {
        if (!Phases.isFinal(instance)) {
          Phases.enter(instance, Phases.FAILED, clock.instant());
        }
        Meta.removeFinalizer(instance, InstanceDefaults.FOREGROUND_FINALIZER);
        if (Meta.controller(instance).isEmpty()) {
          Meta.removeFinalizer(instance, InstanceBuilder.MACHINE_FINALIZER);
        }
      }
    }
    if (Phases.isFinal(instance)) {
      notReady(instance);
      Fields.object(instance, "status").remove("fsFreezeStatus");
    }
    return Optional.empty();
  }
}
