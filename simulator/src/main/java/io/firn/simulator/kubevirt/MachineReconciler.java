package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Brings a VirtualMachine to what its run strategy says: template volumes, instance type
/// revisions, the instance, and the status that tells of it.
final class MachineReconciler {
  private static final Duration FAILURE_PAUSE = Duration.ofMillis(500);

  private final ApiClient client;
  private final InstantSource clock;
  private final TemplateVolumes templates;
  private final Instancetypes instancetypes;
  private final SnapshotSupport snapshots;

  MachineReconciler(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.templates = new TemplateVolumes(client);
    this.instancetypes = new Instancetypes(client);
    this.snapshots = new SnapshotSupport(client);
  }

  Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> read = client.get(VirtTypes.MACHINE, key.namespace(), key.name());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    if (Meta.deleting(read.get())) {
      end(key, read.get());
      return Optional.empty();
    }
    Optional<ObjectNode> marked = client.modify(VirtTypes.MACHINE, key, MachineReconciler::mark);
    return marked.isEmpty() ? Optional.empty() : advance(key, marked.get());
  }

  private static void mark(ObjectNode machine) {
    if (!Meta.deleting(machine)) {
      Meta.addFinalizer(machine, InstanceBuilder.MACHINE_FINALIZER);
      InstanceBuilder.observed(Meta.annotations(machine));
    }
  }

  private Optional<Duration> advance(ObjectKey key, ObjectNode machine) {
    Optional<ObjectNode> instance = adopted(machine, instance(key));
    ObjectNode next = machine.deepCopy();
    MachineFacts facts;
    Optional<Duration> again = Optional.empty();
    try {
      Flavor flavor = instancetypes.resolve(next);
      Conditions.remove(next, "Failure");
      List<ObjectNode> volumes = templates.ensure(machine, wantsInstance(machine));
      instance = act(next, flavor, instance);
      facts = new MachineFacts(instance, volumes);
    } catch (Instancetypes.NotFound e) {
      Conditions.set(next, "Failure", true, e.reason(), e.getMessage(), clock.instant());
      facts = new MachineFacts(instance, List.of());
      again = Optional.of(FAILURE_PAUSE);
    } catch (ApiFailure e) {
      if (e.status() < 400 || e.status() >= 500 || e.conflict()) {
        throw e;
      }
      Conditions.set(next, "Failure", true, "FailedCreate", e.getMessage(), clock.instant());
      facts = new MachineFacts(instance, List.of());
      again = Optional.of(FAILURE_PAUSE);
    }
    new MachineStatus(snapshots, clock).write(next, facts);
    if (!next.path("status").equals(machine.path("status"))) {
      client.updateStatus(VirtTypes.MACHINE, next);
    }
    return again;
  }

  private static boolean wantsInstance(ObjectNode machine) {
    return RunRequests.decide(machine, Optional.empty()) == RunDecision.START;
  }

  /// Starts or stops as decided; answers the instance as it is then.
  private Optional<ObjectNode> act(
      ObjectNode machine, Flavor flavor, Optional<ObjectNode> instance) {
    Optional<ObjectNode> own =
        instance.filter(found -> Meta.controlledBy(found, Meta.uid(machine)));
    if (instance.isPresent() && own.isEmpty()) {
      return instance;
    }
    RunDecision decision = RunRequests.decide(machine, own);
    RunRequests.settle(machine, own);
    return switch (decision) {
      case NOTHING -> instance;
      case START -> Optional.of(start(machine, flavor));
      case STOP -> {
        stop(own);
        yield instance(ObjectKey.of(machine));
      }
    };
  }

  private ObjectNode start(ObjectNode machine, Flavor flavor) {
    String revision = InstanceBuilder.revisionName(machine);
    createRevision(machine, revision);
    return client.create(VirtTypes.INSTANCE, InstanceBuilder.build(machine, flavor, revision));
  }

  private void createRevision(ObjectNode machine, String name) {
    ObjectNode revision = Types.CONTROLLER_REVISION.newObject(Meta.namespace(machine), name);
    Meta.setController(revision, machine);
    Fields.object(revision, "data").set("spec", machine.path("spec").deepCopy());
    revision.put("revision", Fields.at(machine, "metadata", "generation").asLong());
    try {
      client.create(Types.CONTROLLER_REVISION, revision);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
  }

  private void stop(Optional<ObjectNode> instance) {
    instance.ifPresent(found -> {
      if (!Meta.deleting(found)) {
        client.delete(VirtTypes.INSTANCE, ObjectKey.of(found));
      }
      release(found);
    });
  }

  /// An instance that is going may go, once its node has let go of it.
  private void release(ObjectNode instance) {
    client.modify(
        VirtTypes.INSTANCE,
        ObjectKey.of(instance),
        found -> {
          boolean same = Meta.uid(found).equals(Meta.uid(instance));
          if (same
              && Meta.deleting(found)
              && !Meta.hasFinalizer(found, InstanceDefaults.FOREGROUND_FINALIZER)) {
            Meta.removeFinalizer(found, InstanceBuilder.MACHINE_FINALIZER);
          }
        });
  }

  private Optional<ObjectNode> instance(ObjectKey key) {
    return client.get(VirtTypes.INSTANCE, key.namespace(), key.name());
  }

  /// An instance of the machine's name without an owner becomes the machine's.
  private Optional<ObjectNode> adopted(ObjectNode machine, Optional<ObjectNode> instance) {
    if (instance.isEmpty()) {
      return instance;
    }
    ObjectNode found = instance.get();
    if (Meta.deleting(found)) {
      release(found);
      return instance(ObjectKey.of(machine));
    }
    if (Meta.controller(found).isPresent()) {
      return instance;
    }
    return client.modify(
        VirtTypes.INSTANCE,
        ObjectKey.of(found),
        orphan -> {
          if (Meta.controller(orphan).isEmpty() && !Meta.deleting(orphan)) {
            Meta.setController(orphan, machine);
            Meta.addFinalizer(orphan, InstanceBuilder.MACHINE_FINALIZER);
          }
        });
  }

  /// A machine that is deleted takes its instance with it, unless its dependents are being
  /// orphaned.
  private void end(ObjectKey key, ObjectNode machine) {
    if (Meta.hasFinalizer(machine, "orphan")) {
      return;
    }
    Optional<ObjectNode> own =
        instance(key).filter(found -> Meta.controlledBy(found, Meta.uid(machine)));
    if (own.isPresent()) {
      stop(own);
      if (instance(key).isPresent()) {
        terminating(key);
        return;
      }
    }
    client.modify(
        VirtTypes.MACHINE,
        key,
        found -> Meta.removeFinalizer(found, InstanceBuilder.MACHINE_FINALIZER));
  }

  private void terminating(ObjectKey key) {
    client.modifyStatus(
        VirtTypes.MACHINE,
        key,
        machine -> {
          if (!text(machine, "status", "printableStatus").equals("Terminating")) {
            Fields.object(machine, "status").put("printableStatus", "Terminating");
          }
        });
  }
}
