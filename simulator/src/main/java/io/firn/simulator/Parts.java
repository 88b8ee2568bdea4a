package io.firn.simulator;

import io.firn.simulator.cdi.Cdi;
import io.firn.simulator.cdi.CdiOptions;
import io.firn.simulator.cdi.CdiPrograms;
import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.guest.ModelledGuests;
import io.firn.simulator.guest.Workload;
import io.firn.simulator.kubelet.JobController;
import io.firn.simulator.kubelet.Kubelet;
import io.firn.simulator.kubelet.Program;
import io.firn.simulator.kubelet.Scheduler;
import io.firn.simulator.kubevirt.KubeVirt;
import io.firn.simulator.kubevirt.KubeVirtOptions;
import io.firn.simulator.kubevirt.NodeAgent;
import io.firn.simulator.storage.Provisioner;
import io.firn.simulator.storage.Snapshotter;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The cluster's parts that the simulator runs on a control plane: all that is not there already.
///
/// For one thread; what runs is thread-safe.
final class Parts implements AutoCloseable {
  private final SimulatorOptions options;
  private final World world;
  private final ClusterApi api;
  private final Present present;
  private final Machine machine;
  private final NodeAgent agent;
  private final KubeVirtOptions kubeVirt;
  private final Installation installation;
  private final List<Controller> running = new ArrayList<>();

  /// What the node consists of.
  record Machine(VolumeStore store, ClusterFaults faults, InstantSource clock) {}

  Parts(SimulatorOptions options, World world, Workload workload, Machine machine) {
    this.options = options;
    this.world = world;
    this.api = world.api();
    this.present = world.present();
    this.machine = machine;
    this.kubeVirt =
        new KubeVirtOptions(
            api::connect,
            machine.store(),
            new ModelledGuests(workload, machine.faults()),
            machine.clock(),
            options.seed());
    this.agent = new NodeAgent(kubeVirt);
    this.installation = new Installation(api.part("installer"));
  }

  NodeAgent agent() {
    return agent;
  }

  void install() {
    Inventory inventory = new Inventory(present);
    installation.objects(inventory.namespaces());
    installation.definitions(inventory.definitions());
    installation.objects(inventory.objects());
  }

  /// Starts the parts; those that answer the API server before those that write to it.
  void start() throws IOException {
    List<Controller> controllers = new ArrayList<>(node());
    if (!present.controllers()) {
      controllers.add(new JobController(api.part("job-controller"), machine.clock()));
    }
    if (present.kubeVirt()) {
      controllers.add(agent.controller());
    } else {
      KubeVirt own = new KubeVirt(kubeVirt, agent);
      own.admission().forEach(api::admit);
      api.aggregate(own.subresources());
      controllers.addAll(own.controllers());
    }
    if (!present.cdi()) {
      Cdi own = new Cdi(new CdiOptions(api::connect, machine.store(), machine.clock()));
      own.admission().forEach(api::admit);
      controllers.addAll(own.controllers());
    }
    controllers.removeIf(controller -> options.without().contains(controller.name()));
    for (Controller controller : controllers) {
      running.add(controller);
      controller.start();
    }
  }

  private List<Controller> node() throws IOException {
    Map<String, Program> programs = present.cdi() ? CdiPrograms.of(api.part("cdi-node")) : Map.of();
    Kubelet kubelet =
        new Kubelet(
            api.part("kubelet"),
            machine.store(),
            options.directory().resolve("pods"),
            options.images(),
            programs,
            world.nodeAddress(),
            machine.faults(),
            agent.guests(),
            machine.clock());
    List<Controller> node = new ArrayList<>();
    node.add(kubelet);
    node.addAll(world.ports(kubelet, agent));
    node.add(new Scheduler(api.part("kube-scheduler"), machine.clock()));
    node.add(new Provisioner(api.part("csi-provisioner"), machine.store(), machine.clock()));
    node.add(
        new Snapshotter(
            api.part("csi-snapshotter"),
            machine.store(),
            machine.faults(),
            machine.clock(),
            !present.snapshots()));
    return node;
  }

  /// Removes what [#install] made; the controllers still run, since they let go of the objects.
  void uninstall() {
    installation.remove();
  }

  @Override
  public void close() {
    running.reversed().forEach(Controller::close);
    running.clear();
  }
}
