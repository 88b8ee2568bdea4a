package io.firn.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.MoverTemplate;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.failure.ExitCode;
import io.firn.fake.Yaml;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.point.LocalBackends;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Compression;
import io.firn.repository.Password;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.key.KdfCost;
import io.firn.run.RunMarks;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// A simulated cluster with movers that are processes of their own, a vault, and machines that
/// write.
final class SimulatedShop implements AutoCloseable {
  /// A password that is cheap to guess, so that hundreds of movers open the vault in no time.
  static final RepositoryOptions CHEAP =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(1024, 8, 1));

  static final BackupOptions OPTIONS = withImage("firn:test");
  private static final Duration MOST = Duration.ofSeconds(60);

  final SimulatedCluster simulator;
  final Cluster cluster;
  final Vault vault;

  SimulatedShop(Path folder, long seed) {
    simulator =
        SimulatedCluster.start(
            new SimulatorOptions(
                folder.resolve("cluster"),
                0,
                seed,
                InstantSource.system(),
                Map.of("firn", moverCommand(), "late", lateCommand(folder.resolve("late"))),
                Set.of()));
    cluster = KubernetesCluster.connect(ConnectOptions.of(simulator.kubeconfig()));
    VaultLocation location = VaultLocation.parse(folder.resolve("vault").toString());
    try (Password password = new Password("snow".toCharArray())) {
      vault = Vault.init(location, password, LocalBackends.unmounted(), CHEAP);
    }
  }

  private static BackupOptions withImage(String image) {
    return new BackupOptions(
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        2,
        2,
        MoverTemplate.STANDARD.withImage(image),
        0,
        1,
        Compression.FASTEST);
  }

  private static List<String> moverCommand() {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "io.firn.mover.MoverMain");
  }

  /// A mover whose first start ends as if somebody else held a lock.
  private static List<String> lateCommand(Path mark) {
    String script =
        "mkdir '%s' 2>/dev/null && exit %d; exec \"$@\"".formatted(mark, ExitCode.VAULT_LOCKED);
    return Stream.concat(Stream.of("/bin/sh", "-c", script, "sh"), moverCommand().stream())
        .toList();
  }

  /// Creates a namespace and in it a running VM with an agent and two Block disks, and waits until
  /// it writes.
  ObjectRef runningMachine(String namespace) {
    namespace(namespace);
    claim(namespace, "root");
    claim(namespace, "data");
    ObjectRef vm = machine(namespace, "db", "Always", true, "root", "data");
    awaitAgent(namespace, "db");
    return vm;
  }

  void namespace(String name) {
    create("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  void claim(String namespace, String name) {
    create(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, namespace: %s}
        spec:
          accessModes: [ReadWriteMany]
          storageClassName: fast
          volumeMode: Block
          resources: {requests: {storage: 16Mi}}
        """
            .formatted(name, namespace));
    await(Kinds.CLAIM, namespace, name, c -> c.at("/status/phase").asText().equals("Bound"));
  }

  ObjectRef machine(
      String namespace, String name, String strategy, boolean agent, String... claims) {
    StringBuilder disks = new StringBuilder();
    StringBuilder volumes = new StringBuilder();
    for (String claim : claims) {
      disks.append("{name: v-%s, disk: {bus: virtio}},".formatted(claim));
      volumes.append(
          "{name: v-%s, persistentVolumeClaim: {claimName: %s}},".formatted(claim, claim));
    }
    create(
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: %s, namespace: %s}
        spec:
          runStrategy: %s
          template:
            metadata: {annotations: {simulator.firn.io/guest-agent: "%s"}}
            spec:
              domain:
                memory: {guest: 1Gi}
                devices: {disks: [%s]}
              volumes: [%s]
        """
            .formatted(name, namespace, strategy, agent, disks, volumes));
    return ObjectRef.of(Kinds.VIRTUAL_MACHINE, namespace, name);
  }

  /// Writes to the disk of a claim, beneath the cluster.
  void write(String namespace, String claim, long offsetBytes, byte[] data) throws IOException {
    String volume =
        cluster
            .objects()
            .get(ObjectRef.of(Kinds.CLAIM, namespace, claim))
            .orElseThrow()
            .at("/spec/volumeName")
            .asText();
    String handle =
        cluster
            .objects()
            .get(ObjectRef.of(Kinds.VOLUME, "", volume))
            .orElseThrow()
            .at("/spec/csi/volumeHandle")
            .asText();
    simulator.volumeStore().disk(handle).write(offsetBytes, ByteBuffer.wrap(data));
  }

  void awaitAgent(String namespace, String name) {
    await(
        Kinds.INSTANCE,
        namespace,
        name,
        vmi -> vmi.at("/status/conditions").toString().contains("AgentConnected"));
  }

  ObjectNode await(
      ResourceKind kind,
      String namespace,
      String name,
      java.util.function.Predicate<ObjectNode> is) {
    ObjectRef ref = ObjectRef.of(kind, namespace, name);
    return cluster.objects().await(ref, o -> o.filter(is).isPresent(), MOST).orElseThrow();
  }

  void create(String yaml) {
    cluster.objects().create(Yaml.object(yaml), false);
  }

  static BackupRequest request(ObjectRef... roots) {
    List<Selection> selections = Stream.of(roots).<Selection>map(Selection.Named::new).toList();
    return new BackupRequest(selections, Optional.empty(), Set.of(), OPTIONS);
  }

  BackupPlan plan(ObjectRef... roots) {
    return new BackupPlanner(cluster, InstantSource.system()).plan(request(roots));
  }

  BackupReport backUp(ObjectRef... roots) {
    return run(plan(roots));
  }

  BackupReport backUpWith(String image, ObjectRef root) {
    BackupRequest request =
        new BackupRequest(
            List.of(new Selection.Named(root)), Optional.empty(), Set.of(), withImage(image));
    return run(new BackupPlanner(cluster, InstantSource.system()).plan(request));
  }

  BackupReport run(BackupPlan plan) {
    return runOn(cluster, plan);
  }

  BackupReport runOn(Cluster through, BackupPlan plan) {
    return new BackupRunner(through, InstantSource.system(), new Random(), "test")
        .run(plan, vault, BackupListener.SILENT);
  }

  List<PointSummary> points(String namespace) {
    return new PointCatalog(vault).list(PointFilter.inNamespace(namespace));
  }

  /// How many pods the namespace's Jobs have had in all, Jobs that are gone included.
  long podsOfJobs(String namespace) {
    return cluster.objects().list(Kinds.EVENT, namespace, "").stream()
        .filter(event -> event.at("/involvedObject/kind").asText().equals(Kinds.JOB.kind()))
        .filter(event -> event.path("reason").asText().equals("SuccessfulCreate"))
        .count();
  }

  /// Temporary objects of a namespace that are there and not on their way out.
  List<ObjectRef> temporary(String namespace) {
    List<ObjectRef> found = new ArrayList<>();
    for (ResourceKind kind :
        List.of(Kinds.JOB, Kinds.CLAIM, Kinds.VOLUME_SNAPSHOT, Kinds.SECRET, Kinds.CONFIG_MAP)) {
      cluster.objects().list(kind, namespace, RunMarks.SELECTOR).stream()
          .filter(o -> o.at("/metadata/deletionTimestamp").isMissingNode())
          .map(o -> ObjectRef.of(o))
          .forEach(found::add);
    }
    return found;
  }

  @Override
  public void close() {
    vault.close();
    cluster.close();
    simulator.close();
  }
}
