package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.cdi.CdiTypes;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.client.WorkQueue;
import java.time.InstantSource;
import java.util.List;

/// virt-controller: machines, instances, replica sets and pools, each with a queue of its own.
final class VirtController implements Controller {
  private static final int WORKERS = 4;

  private final WorkQueue machines;
  private final WorkQueue instances;
  private final WorkQueue replicaSets;
  private final WorkQueue pools;
  private final Known knownMachines = new Known();
  private final Known knownInstances = new Known();
  private final Known knownSets = new Known();
  private final List<Feed> feeds;

  VirtController(ApiClient client, InstantSource clock) {
    MachineReconciler machine = new MachineReconciler(client, clock);
    InstanceReconciler instance = new InstanceReconciler(client, clock);
    this.machines = new WorkQueue("machines", WORKERS, machine::reconcile);
    this.instances = new WorkQueue("instances", WORKERS, instance::reconcile);
    this.replicaSets =
        new WorkQueue("replica-sets", 1, new ReplicaSetReconciler(client)::reconcile);
    this.pools = new WorkQueue("pools", 1, new PoolReconciler(client)::reconcile);
    this.feeds =
        List.of(
            new Feed(client, VirtTypes.MACHINE, this::machineChanged),
            new Feed(client, VirtTypes.INSTANCE, this::instanceChanged),
            new Feed(client, VirtTypes.REPLICA_SET, this::setChanged),
            new Feed(client, VirtTypes.POOL, pool -> pools.add(ObjectKey.of(pool))),
            new Feed(client, CdiTypes.DATA_VOLUME, this::claimChanged),
            new Feed(client, Types.CLAIM, this::claimChanged),
            new Feed(client, Types.POD, this::podChanged),
            new Feed(client, Types.STORAGE_CLASS, _ -> all()),
            new Feed(client, Types.SNAPSHOT_CLASS, _ -> all()));
  }

  @Override
  public String name() {
    return "virt-controller";
  }

  @Override
  public void start() {
    List.of(machines, instances, replicaSets, pools).forEach(WorkQueue::start);
    feeds.forEach(Feed::start);
  }

  private void machineChanged(ObjectNode machine) {
    knownMachines.saw(machine);
    machines.add(ObjectKey.of(machine));
    ownerOf(machine, "VirtualMachinePool", pools);
  }

  private void instanceChanged(ObjectNode instance) {
    ObjectKey key = ObjectKey.of(instance);
    knownInstances.saw(instance);
    instances.add(key);
    machines.add(key);
    ownerOf(instance, "VirtualMachineInstanceReplicaSet", replicaSets);
    for (ObjectKey set :
        knownSets.matching(key.namespace(), set -> Selectors.picks(set, instance))) {
      replicaSets.add(set);
    }
  }

  private void setChanged(ObjectNode set) {
    knownSets.saw(set);
    replicaSets.add(ObjectKey.of(set));
  }

  private static void ownerOf(ObjectNode object, String kind, WorkQueue queue) {
    Meta.controller(object)
        .filter(owner -> text(owner, "kind").equals(kind))
        .ifPresent(owner -> queue.add(new ObjectKey(Meta.namespace(object), text(owner, "name"))));
  }

  /// A claim or the DataVolume of its name: whoever uses it looks again.
  private void claimChanged(ObjectNode claim) {
    String name = Meta.name(claim);
    String owner = Meta.label(claim, BackendStorage.LABEL);
    String namespace = Meta.namespace(claim);
    knownMachines
        .matching(
            namespace,
            machine ->
                Meta.name(machine).equals(owner)
                    || uses(Fields.at(machine, "spec", "template", "spec"), name))
        .forEach(machines::add);
    knownInstances
        .matching(
            namespace,
            instance -> Meta.name(instance).equals(owner) || uses(instance.path("spec"), name))
        .forEach(instances::add);
  }

  private static boolean uses(JsonNode spec, String claim) {
    return objects(spec, "volumes").stream()
        .anyMatch(volume -> VolumeClaims.claimName(volume).equals(claim));
  }

  private void podChanged(ObjectNode pod) {
    ownerOf(pod, "VirtualMachineInstance", instances);
  }

  private void all() {
    knownMachines.keys().forEach(machines::add);
  }

  @Override
  public void close() {
    feeds.forEach(Feed::close);
    List.of(machines, instances, replicaSets, pools).forEach(WorkQueue::close);
  }
}
