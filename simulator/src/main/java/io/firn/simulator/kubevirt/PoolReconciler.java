package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps as many machines as a VirtualMachinePool asks for, numbered from zero. A machine without
/// an owner is never taken in.
final class PoolReconciler {
  static final String FINALIZER = "pool.kubevirt.io/finalizer";

  private final ApiClient client;

  PoolReconciler(ApiClient client) {
    this.client = client;
  }

  Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> read = client.get(VirtTypes.POOL, key.namespace(), key.name());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode pool = read.get();
    List<ObjectNode> all = members(pool);
    all.stream().filter(Meta::deleting).forEach(this::release);
    if (Meta.deleting(pool)) {
      end(key, all);
      return Optional.empty();
    }
    client.modify(VirtTypes.POOL, key, found -> Meta.addFinalizer(found, FINALIZER));
    String revision = revision(pool);
    if (!Fields.at(pool, "spec", "paused").asBoolean()) {
      scale(pool, all, revision);
    }
    status(key, pool);
    return Optional.empty();
  }

  private List<ObjectNode> members(ObjectNode pool) {
    return client.list(VirtTypes.MACHINE, Meta.namespace(pool), "").stream()
        .filter(machine -> Meta.controlledBy(machine, Meta.uid(pool)))
        .toList();
  }

  private void release(ObjectNode machine) {
    client.modify(
        VirtTypes.MACHINE, ObjectKey.of(machine), found -> Meta.removeFinalizer(found, FINALIZER));
  }

  /// The machines go with the pool.
  private void end(ObjectKey key, List<ObjectNode> machines) {
    for (ObjectNode machine : machines) {
      if (!Meta.deleting(machine)) {
        client.delete(VirtTypes.MACHINE, ObjectKey.of(machine));
      }
      release(machine);
    }
    client.modify(VirtTypes.POOL, key, found -> Meta.removeFinalizer(found, FINALIZER));
  }

  private String revision(ObjectNode pool) {
    long generation = Fields.at(pool, "metadata", "generation").asLong();
    String name = Meta.name(pool) + "-" + generation;
    ObjectNode revision = Types.CONTROLLER_REVISION.newObject(Meta.namespace(pool), name);
    Meta.setController(revision, pool);
    ObjectNode data = pool.path("spec").deepCopy();
    Fields.object(
        data, "virtualMachineTemplate", "spec", "template", "spec", "domain", "resources");
    revision.set("data", data);
    revision.put("revision", generation);
    try {
      client.create(Types.CONTROLLER_REVISION, revision);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
    return name;
  }

  private void scale(ObjectNode pool, List<ObjectNode> all, String revision) {
    int wanted = Fields.at(pool, "spec", "replicas").asInt(1);
    List<ObjectNode> live = all.stream().filter(machine -> !Meta.deleting(machine)).toList();
    Set<String> taken = all.stream().map(Meta::name).collect(Collectors.toSet());
    int missing = wanted - live.size();
    for (int index = 0; missing > 0; index++) {
      boolean free = !taken.contains(PoolMember.name(pool, index));
      if (free && create(PoolMember.build(pool, index, revision))) {
        missing--;
      }
    }
    live.stream()
        .sorted((one, other) -> Meta.name(other).compareTo(Meta.name(one)))
        .limit(Math.max(0, live.size() - wanted))
        .forEach(machine -> client.delete(VirtTypes.MACHINE, ObjectKey.of(machine)));
  }

  /// False where a stranger holds the name: it stays the stranger's, the next number is taken.
  private boolean create(ObjectNode machine) {
    try {
      client.create(VirtTypes.MACHINE, machine);
      return true;
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
      return false;
    }
  }

  private void status(ObjectKey key, ObjectNode pool) {
    List<ObjectNode> live =
        members(pool).stream().filter(machine -> !Meta.deleting(machine)).toList();
    long ready = live.stream().filter(one -> Fields.at(one, "status", "ready").asBoolean()).count();
    client.modifyStatus(
        VirtTypes.POOL,
        key,
        found -> {
          ObjectNode status = Fields.object(found, "status");
          status.put("labelSelector", Selectors.text(pool));
          ReplicaSetReconciler.count(status, "readyReplicas", (int) ready);
          ReplicaSetReconciler.count(status, "replicas", live.size());
        });
  }
}
