package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.cli.Session;
import io.firn.cli.Terminal;
import io.firn.cluster.Cluster;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.StoreAccess;
import io.firn.repository.interop.Restic;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way on a bucket: real commands, real movers in processes of their own, a real S3
/// server.
class S3EndToEndTest {
  private static final String PASSWORD = "snow on the mountain";
  private static final Duration MOST = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void vaultInABucket_fromInitToRestore_andAsACopyElsewhere() throws IOException {
    S3Proxy server = S3Proxy.shared();
    Path bucket = server.bucket("whole-way");
    environment.put(
        "FIRN_VAULT", "s3://whole-way/backups/vm?endpoint=" + server.endpoint() + "&region=eu-1");
    environment.put("FIRN_S3_CREDENTIALS_FILE", server.credentialsFile(folder).toString());
    environment.put(
        "FIRN_PASSWORD_FILE", Files.writeString(folder.resolve("password"), PASSWORD).toString());
    try (SimulatedCluster simulator = startCluster();
        Cluster cluster = KubernetesCluster.connect(ConnectOptions.of(simulator.kubeconfig()))) {
      environment.put("KUBECONFIG", simulator.kubeconfig().toString());
      byte[] disk = machine(simulator, cluster);
      firn("vault", "init");
      firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");
      assertThat(firn("points")).contains("db");
      firn("restore", "latest", "--to-namespace", "lab", "--new-mac", "--new-firmware-uuid");
      assertThat(content(simulator, cluster, "lab", disk.length)).isEqualTo(disk);
      assertThat(firn("verify", "latest")).contains("whole");
      firn("vault", "check", "--read-data");
      firn("doctor");
      for (String namespace : new String[] {"shop", "lab"}) {
        assertThat(cluster.objects().list(Kinds.SECRET, namespace, "firn.io/run"))
            .as("credentials are gone with the run")
            .isEmpty();
      }
    }
    readByRestic(server);
    copiedElsewhere(bucket.resolve("backups/vm"));
  }

  private void readByRestic(S3Proxy server) {
    Restic.require();
    String repository = "s3:" + server.endpoint() + "/whole-way/backups/vm/shop";
    Map<String, String> credentials =
        Map.of(
            "AWS_ACCESS_KEY_ID", server.accessKey(), "AWS_SECRET_ACCESS_KEY", server.secretKey());
    assertThat(new Restic(repository, folder, PASSWORD, credentials).run("check", "--read-data"))
        .contains("no errors were found");
  }

  /// As `rclone copy` or `aws s3 sync` lay it down: the objects as files.
  private void copiedElsewhere(Path objects) throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> all = Files.walk(objects)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(objects.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    environment.put("FIRN_VAULT", copy.toString());
    assertThat(firn("points")).contains("db");
    firn("vault", "check", "--read-data");
  }

  private SimulatedCluster startCluster() {
    return SimulatedCluster.start(
        new SimulatorOptions(
            folder.resolve("cluster"),
            0,
            1,
            InstantSource.system(),
            Map.of("firn", MoverImage.command()),
            Set.of()));
  }

  /// A stopped machine with one disk; returns what is on it.
  private static byte[] machine(SimulatedCluster simulator, Cluster cluster) throws IOException {
    create(cluster, "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    create(
        cluster,
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: root, namespace: shop}
        spec:
          accessModes: [ReadWriteMany]
          storageClassName: fast
          volumeMode: Block
          resources: {requests: {storage: 40Mi}}
        """);
    cluster
        .objects()
        .await(
            ObjectRef.of(Kinds.CLAIM, "shop", "root"),
            claim -> claim.filter(c -> c.at("/status/phase").asText().equals("Bound")).isPresent(),
            MOST);
    create(
        cluster,
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: db, namespace: shop}
        spec:
          runStrategy: Halted
          template:
            spec:
              domain:
                memory: {guest: 1Gi}
                devices: {disks: [{name: root, disk: {bus: virtio}}]}
              volumes: [{name: root, persistentVolumeClaim: {claimName: root}}]
        """);
    byte[] disk = new byte[40 << 20];
    new Random(7).nextBytes(disk);
    java.util.Arrays.fill(disk, 10 << 20, 20 << 20, (byte) 0);
    simulator.volumeStore().disk(handle(cluster, "shop")).write(0, ByteBuffer.wrap(disk));
    return disk;
  }

  private static byte[] content(
      SimulatedCluster simulator, Cluster cluster, String namespace, int bytes) throws IOException {
    byte[] disk = new byte[bytes];
    simulator.volumeStore().disk(handle(cluster, namespace)).read(0, ByteBuffer.wrap(disk));
    return disk;
  }

  private static String handle(Cluster cluster, String namespace) {
    ObjectNode claim =
        cluster.objects().get(ObjectRef.of(Kinds.CLAIM, namespace, "root")).orElseThrow();
    ObjectRef volume = ObjectRef.of(Kinds.VOLUME, "", claim.at("/spec/volumeName").asText());
    return cluster.objects().get(volume).orElseThrow().at("/spec/csi/volumeHandle").asText();
  }

  private static void create(Cluster cluster, String yaml) {
    try {
      cluster.objects().create(new YAMLMapper().readValue(yaml, ObjectNode.class), false);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Runs a command that must end well; returns its standard output.
  private String firn(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0);
    Session real = Firn.session(terminal);
    Session session =
        new Session(
            "firn",
            terminal,
            environment,
            real.clusters(),
            new VaultStores(StoreAccess.STANDARD, _ -> ""),
            real.clock(),
            real.random());
    int exitCode = Firn.cli(session).run(arguments);
    String errors = err.toString(StandardCharsets.UTF_8);
    assertThat(exitCode).as("firn %s: %s", String.join(" ", arguments), errors).isIn(0, 3);
    assertThat(out + errors).doesNotContain("test-secret");
    return out.toString(StandardCharsets.UTF_8);
  }
}
