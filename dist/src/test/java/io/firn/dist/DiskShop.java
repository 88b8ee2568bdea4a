package io.firn.dist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firn.cluster.Cluster;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// A simulated cluster whose image `firn` is this program, and stopped machines of one disk each.
/// For one thread.
final class DiskShop implements AutoCloseable {
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final int MIB = 1 << 20;

  private final SimulatedCluster simulator;
  private final Cluster cluster;

  private DiskShop(SimulatedCluster simulator, Cluster cluster) {
    this.simulator = simulator;
    this.cluster = cluster;
  }

  /// Starts one that keeps its files in `folder`.
  static DiskShop start(Path folder) {
    return start(folder, List.of());
  }

  /// As the other; `before` is what runs the movers, empty for nothing.
  static DiskShop start(Path folder, List<String> before) {
    List<String> mover = new ArrayList<>(before);
    mover.addAll(MoverImage.command());
    SimulatedCluster simulator =
        SimulatedCluster.start(
            new SimulatorOptions(
                folder, 0, 1, InstantSource.system(), Map.of("firn", mover), Set.of()));
    return new DiskShop(
        simulator, KubernetesCluster.connect(ConnectOptions.of(simulator.kubeconfig())));
  }

  Path kubeconfig() {
    return simulator.kubeconfig();
  }

  Cluster cluster() {
    return cluster;
  }

  void namespace(String name) {
    create("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  /// A machine in an existing namespace, and its disk: as many MiB as said, of which a quarter is
  /// empty. Returns what is on it.
  byte[] machine(String namespace, String name, int mib, long seed) {
    claim(namespace, name, mib);
    create(
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: %1$s, namespace: %2$s}
        spec:
          runStrategy: Halted
          template:
            spec:
              domain:
                memory: {guest: 1Gi}
                devices: {disks: [{name: root, disk: {bus: virtio}}]}
              volumes: [{name: root, persistentVolumeClaim: {claimName: %1$s-root}}]
        """
            .formatted(name, namespace));
    byte[] disk = new byte[mib * MIB];
    new Random(seed).nextBytes(disk);
    Arrays.fill(disk, mib / 4 * MIB, mib / 2 * MIB, (byte) 0);
    write(namespace, name, disk);
    return disk;
  }

  private void claim(String namespace, String name, int mib) {
    create(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s-root, namespace: %s}
        spec:
          accessModes: [ReadWriteMany]
          storageClassName: fast
          volumeMode: Block
          resources: {requests: {storage: %dMi}}
        """
            .formatted(name, namespace, mib));
    cluster
        .objects()
        .await(
            root(namespace, name),
            claim -> claim.filter(c -> c.at("/status/phase").asText().equals("Bound")).isPresent(),
            MOST);
  }

  /// What is on a machine's disk now; it must be of that many bytes.
  byte[] disk(String namespace, String name, int bytes) {
    byte[] disk = new byte[bytes];
    try {
      simulator.volumeStore().disk(handle(namespace, name)).read(0, ByteBuffer.wrap(disk));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return disk;
  }

  /// Writes to a machine's disk, from its start.
  void write(String namespace, String name, byte[] content) {
    try {
      simulator.volumeStore().disk(handle(namespace, name)).write(0, ByteBuffer.wrap(content));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String handle(String namespace, String name) {
    ObjectNode claim = cluster.objects().get(root(namespace, name)).orElseThrow();
    ObjectRef volume = ObjectRef.of(Kinds.VOLUME, "", claim.at("/spec/volumeName").asText());
    return cluster.objects().get(volume).orElseThrow().at("/spec/csi/volumeHandle").asText();
  }

  private static ObjectRef root(String namespace, String name) {
    return ObjectRef.of(Kinds.CLAIM, namespace, name + "-root");
  }

  private void create(String yaml) {
    try {
      cluster.objects().create(new YAMLMapper().readValue(yaml, ObjectNode.class), false);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    cluster.close();
    simulator.close();
  }
}
