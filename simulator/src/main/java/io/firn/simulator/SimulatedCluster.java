package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.api.ApiServer;
import io.firn.simulator.api.ApiServerOptions;
import io.firn.simulator.cdi.Cdi;
import io.firn.simulator.cdi.CdiOptions;
import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.faults.JumpingClock;
import io.firn.simulator.guest.Guest;
import io.firn.simulator.guest.ModelledGuests;
import io.firn.simulator.guest.Workload;
import io.firn.simulator.kubelet.JobController;
import io.firn.simulator.kubelet.Kubelet;
import io.firn.simulator.kubelet.Scheduler;
import io.firn.simulator.kubevirt.GuestRegistry;
import io.firn.simulator.kubevirt.KubeVirt;
import io.firn.simulator.kubevirt.KubeVirtOptions;
import io.firn.simulator.storage.Provisioner;
import io.firn.simulator.storage.Snapshotter;
import io.firn.simulator.storage.SparseVolumeStore;
import io.firn.simulator.storage.Storage;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A running KubeVirt cluster on this machine. Closing it stops everything and leaves the folder.
///
/// Thread-safe.
public final class SimulatedCluster implements AutoCloseable {
  private final SimulatorOptions options;
  private final JumpingClock clock;
  private final ClusterFaults faults;
  private final SparseVolumeStore store;
  private final EmbeddedApi api;
  private final ClusterUsers users;
  private final KubeVirt kubeVirt;
  private final Cdi cdi;
  private final List<Controller> controllers = new ArrayList<>();

  private SimulatedCluster(SimulatorOptions options, Workload workload) throws IOException {
    this.options = options;
    Path directory = Files.createDirectories(options.directory());
    this.clock = new JumpingClock(options.clock());
    this.faults = new ClusterFaults(clock);
    this.store = new SparseVolumeStore(directory.resolve("storage"), clock);
    this.api =
        new EmbeddedApi(
            ApiServer.start(
                new ApiServerOptions(
                    directory.resolve("apiserver"), options.port(), options.seed(), clock)));
    this.users = new ClusterUsers(api, directory.resolve("users"));
    this.kubeVirt =
        new KubeVirt(
            new KubeVirtOptions(
                api::connect, store, new ModelledGuests(workload, faults), clock, options.seed()));
    this.cdi = new Cdi(new CdiOptions(api::connect, store, clock));
  }

  /// Starts a cluster and returns when it serves everything.
  public static SimulatedCluster start(SimulatorOptions options) {
    return start(options, Workload.DEFAULT);
  }

  /// The same with guests that are more or less busy.
  public static SimulatedCluster start(SimulatorOptions options, Workload workload) {
    try {
      SimulatedCluster cluster = new SimulatedCluster(options, workload);
      cluster.install();
      cluster.run();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException("start of a cluster in " + options.directory(), e);
    }
  }

  private void install() {
    Installation installation = new Installation(api.part("installer"));
    installation.namespaces(List.of("default", "kube-system", "kubevirt", "cdi"));
    List<ObjectNode> definitions = new ArrayList<>(Storage.definitions());
    definitions.addAll(KubeVirt.definitions());
    definitions.addAll(Cdi.definitions());
    installation.definitions(definitions);
    kubeVirt.admission().forEach(api::admit);
    cdi.admission().forEach(api::admit);
    api.aggregate(kubeVirt.subresources());
    installation.objects(Storage.objects());
    installation.objects(KubeVirt.objects());
  }

  private void run() throws IOException {
    Path pods = options.directory().resolve("pods");
    Kubelet kubelet =
        new Kubelet(
            api.part("kubelet"), store, pods, options.images(), faults, kubeVirt.guests(), clock);
    api.server().podLogs(kubelet);
    api.writeKubeconfig(kubeconfig());
    api.server().faults(faults);
    controllers.add(kubelet);
    controllers.add(new Scheduler(api.part("kube-scheduler"), clock));
    controllers.add(new JobController(api.part("job-controller"), clock));
    controllers.add(new Provisioner(api.part("csi-provisioner"), store, clock));
    controllers.add(new Snapshotter(api.part("csi-snapshotter"), store, faults, clock));
    controllers.addAll(kubeVirt.controllers());
    controllers.addAll(cdi.controllers());
    controllers.removeIf(controller -> options.without().contains(controller.name()));
    controllers.forEach(Controller::start);
  }

  /// A kubeconfig with a token of a cluster admin.
  public Path kubeconfig() {
    return options.directory().resolve("kubeconfig");
  }

  public URI server() {
    return api.uri();
  }

  /// A user without any right, made on the first call for a name.
  public ClusterUser user(String name) {
    return users.user(name);
  }

  /// A client that acts as a user and may do everything; closed with the cluster.
  public KubernetesClient connect(String user) {
    return api.connect(user);
  }

  /// Has a plugin asked about objects from now on.
  public void admit(AdmissionPlugin plugin) {
    api.admit(plugin);
  }

  /// The faults that are on; none at first.
  public ClusterFaults faults() {
    return faults;
  }

  /// The cluster's clock, which a fault can make jump.
  public JumpingClock clock() {
    return clock;
  }

  /// The bytes behind the claims.
  public VolumeStore volumeStore() {
    return store;
  }

  /// The guests that run, to power them off or kill them.
  public GuestRegistry guests() {
    return kubeVirt.guests();
  }

  /// The guest of a running instance.
  public Optional<Guest> guest(String namespace, String name) {
    return kubeVirt.guests().find(namespace, name);
  }

  @Override
  public void close() {
    controllers.reversed().forEach(Controller::close);
    api.close();
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException("close of the volumes", e);
    }
  }
}
