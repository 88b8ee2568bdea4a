package io.firn.simulator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.faults.JumpingClock;
import io.firn.simulator.guest.Guest;
import io.firn.simulator.guest.Workload;
import io.firn.simulator.kubevirt.GuestRegistry;
import io.firn.simulator.storage.SparseVolumeStore;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A running KubeVirt cluster on this machine: a control plane, the simulator's own or a real one,
/// and with it the simulator's node, storage and guests. Closing it stops everything that it
/// started and leaves the folder.
///
/// Thread-safe.
public final class SimulatedCluster implements AutoCloseable {
  private final SimulatorOptions options;
  private final JumpingClock clock;
  private final ClusterFaults faults;
  private final SparseVolumeStore store;
  private final World world;
  private final ClusterUsers users;
  private final Parts parts;

  private SimulatedCluster(SimulatorOptions options, Workload workload, ControlPlane plane)
      throws IOException {
    this.options = options;
    Path directory = Files.createDirectories(options.directory());
    this.clock = new JumpingClock(options.clock());
    this.faults = new ClusterFaults(clock);
    this.store = new SparseVolumeStore(directory.resolve("storage"), clock);
    this.world = World.of(plane, options, clock);
    this.users = new ClusterUsers(world.api(), directory.resolve("users"));
    this.parts = new Parts(options, world, workload, new Parts.Machine(store, faults, clock));
  }

  /// Starts a cluster and returns when it serves everything.
  public static SimulatedCluster start(SimulatorOptions options) {
    return start(options, Workload.DEFAULT);
  }

  /// The same with guests that are more or less busy.
  public static SimulatedCluster start(SimulatorOptions options, Workload workload) {
    return start(options, workload, ControlPlane.EMBEDDED);
  }

  /// The same on a control plane. One that cannot be used is an IllegalStateException that says
  /// why. `port`, faults of requests and the clock's effect on the server are the embedded one's
  /// only.
  public static SimulatedCluster start(
      SimulatorOptions options, Workload workload, ControlPlane plane) {
    try {
      SimulatedCluster cluster = new SimulatedCluster(options, workload, plane);
      try {
        cluster.run();
      } catch (RuntimeException | IOException e) {
        cluster.close();
        throw e;
      }
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException("start of a cluster in " + options.directory(), e);
    }
  }

  /// What a start on a control plane would install there, as `Kind name`; changes nothing.
  public static List<String> toInstall(SimulatorOptions options, ControlPlane plane) {
    try (World world = World.of(plane, options, options.clock())) {
      Inventory inventory = new Inventory(world.present());
      Installation installation = new Installation(world.api().part("installer"));
      return java.util.stream.Stream.of(
              inventory.namespaces(), inventory.definitions(), inventory.objects())
          .flatMap(objects -> installation.missing(objects).stream())
          .toList();
    }
  }

  private void run() throws IOException {
    world.requestFaults(faults);
    parts.install();
    parts.start();
    world.api().writeKubeconfig(kubeconfig());
  }

  /// Who asked the API server what: a line of JSON for each request, in the shape of
  /// kube-apiserver's audit log. Empty for a cluster that ran already.
  public Optional<Path> auditLog() {
    return world.auditLog();
  }

  /// A kubeconfig of a cluster admin.
  public Path kubeconfig() {
    return options.directory().resolve("kubeconfig");
  }

  public URI server() {
    return world.api().uri();
  }

  /// Whether the API server is the simulator's own, which commits faults of requests.
  public boolean embedded() {
    return world instanceof EmbeddedWorld;
  }

  /// A user without any right, made on the first call for a name.
  public ClusterUser user(String name) {
    return users.user(name);
  }

  /// A client that acts as a user and may do everything; closed with the cluster.
  public KubernetesClient connect(String user) {
    return world.api().connect(user);
  }

  /// Has a plugin asked about objects from now on.
  public void admit(AdmissionPlugin plugin) {
    world.api().admit(plugin);
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
    return parts.agent().guests();
  }

  /// The guest of a running instance.
  public Optional<Guest> guest(String namespace, String name) {
    return guests().find(namespace, name);
  }

  @Override
  public void close() {
    try (store;
        world;
        parts) {
      if (world.removesWhatItInstalled()) {
        users.remove();
        parts.uninstall();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("close of the volumes", e);
    }
  }
}
