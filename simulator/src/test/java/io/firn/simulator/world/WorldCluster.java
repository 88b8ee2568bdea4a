package io.firn.simulator.world;

import io.firn.simulator.ClusterUser;
import io.firn.simulator.ControlPlane;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.guest.Guest;
import io.firn.simulator.guest.Workload;
import io.firn.simulator.proxy.FaultProxy;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The one cluster of this JVM's tests, in the world of this JVM: started when first asked for,
/// closed after the last test. Test classes share it one after another; each has namespaces of its
/// own names, which [#tidy] removes.
///
/// Thread-safe.
public final class WorldCluster {
  private static final long SEED = 7;
  private static Optional<WorldCluster> shared = Optional.empty();

  private final Path folder;
  private final Map<String, List<String>> images;
  private final SimulatedCluster cluster;
  private final Optional<FaultProxy> proxy;
  private final Leftovers leftovers;

  private WorldCluster(Path folder, Map<String, List<String>> images) {
    this.folder = folder;
    this.images = Map.copyOf(images);
    ControlPlane plane =
        World.plane().<ControlPlane>map(ControlPlane.Plane::new).orElse(ControlPlane.EMBEDDED);
    SimulatorOptions options =
        new SimulatorOptions(
            folder.resolve("cluster"), 0, SEED, InstantSource.system(), images, Set.of());
    this.cluster = SimulatedCluster.start(options, Workload.DEFAULT, plane);
    this.proxy = cluster.embedded() ? Optional.empty() : Optional.of(proxy());
    this.leftovers = new Leftovers(cluster.connect("admin"));
  }

  /// A real API server commits no faults: what stands before it does.
  private FaultProxy proxy() {
    FaultProxy started = FaultProxy.start(folder.resolve("proxy"), 0, cluster.kubeconfig());
    started.writeKubeconfig(folder.resolve("kubeconfig"), World.here().title());
    started.faults(cluster.faults());
    return started;
  }

  /// `images` says which command stands for a container image; all classes of a JVM give the same.
  /// What an earlier JVM left in a plane is removed first.
  public static synchronized WorldCluster shared(Map<String, List<String>> images) {
    if (shared.isEmpty()) {
      if (World.here() != World.SIMULATOR && World.plane().isEmpty()) {
        throw new IllegalStateException(
            "these tests need a plane: run them with simulator/real-cluster/run, which sets"
                + " FIRN_REAL_PLANE");
      }
      try {
        WorldCluster started = new WorldCluster(Files.createTempDirectory("firn-world"), images);
        shared = Optional.of(started);
        started.tidy();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (!shared.get().images.equals(images)) {
      throw new IllegalStateException("the cluster was started with other images");
    }
    return shared.get();
  }

  static synchronized Optional<WorldCluster> ifStarted() {
    return shared;
  }

  /// A kubeconfig of a cluster admin, for Firn: requests on this way meet the faults that are on.
  public Path kubeconfig() {
    return proxy.isPresent() ? folder.resolve("kubeconfig") : cluster.kubeconfig();
  }

  public ClusterFaults faults() {
    return cluster.faults();
  }

  public Optional<Guest> guest(String namespace, String name) {
    return cluster.guest(namespace, name);
  }

  public VolumeStore volumeStore() {
    return cluster.volumeStore();
  }

  /// Somebody without any right.
  public ClusterUser user(String name) {
    return cluster.user(name);
  }

  /// Has a plugin asked about objects from now on.
  public void admit(AdmissionPlugin plugin) {
    cluster.admit(plugin);
  }

  /// Leaves a namespace in peace until the JVM ends.
  public void keep(String namespace) {
    leftovers.keep(namespace);
  }

  /// Switches faults off, removes all namespaces that tests have made, and returns when they are
  /// gone.
  public void tidy() {
    cluster.faults().clear();
    leftovers.remove();
  }

  static synchronized void end() {
    shared.ifPresent(WorldCluster::close);
    shared = Optional.empty();
  }

  private void close() {
    try {
      if (!cluster.embedded()) {
        leftovers.keepNothing();
        tidy();
      }
    } finally {
      proxy.ifPresent(FaultProxy::close);
      cluster.close();
      remove(folder);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removal of " + folder, e);
    }
  }
}
