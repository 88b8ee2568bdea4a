package io.firn.restore;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.backup.BackupListener;
import io.firn.backup.BackupOptions;
import io.firn.backup.BackupPlanner;
import io.firn.backup.BackupRequest;
import io.firn.backup.BackupRunner;
import io.firn.backup.Selection;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.cluster.MoverTemplate;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.point.LocalBackends;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Compression;
import io.firn.repository.Password;
import io.firn.run.RunMarks;
import io.firn.run.RunOwner;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A simulated cluster with a shop whose machines run, and a vault with one point of it.
final class RestoreShop implements AutoCloseable {
  static final String SHOP = "shop";
  static final RestoreOptions OPTIONS =
      new RestoreOptions(
          MoverTemplate.STANDARD.withImage("firn:test"),
          2,
          1,
          1,
          Duration.ofMinutes(2),
          Duration.ofSeconds(40),
          Duration.ofSeconds(60));
  static final BackupOptions BACKUP_OPTIONS =
      new BackupOptions(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          2,
          1,
          MoverTemplate.STANDARD.withImage("firn:test"),
          0,
          1,
          Compression.FASTEST);
  private static final Duration MOST = Duration.ofMinutes(3);
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  final SimulatedCluster simulator;
  final Cluster cluster;
  final Path vaultFolder;
  final Vault vault;

  RestoreShop(Path folder) {
    simulator =
        SimulatedCluster.start(
            new SimulatorOptions(
                folder.resolve("cluster"),
                0,
                11,
                InstantSource.system(),
                Map.of("firn", moverCommand()),
                Set.of()));
    cluster = KubernetesCluster.connect(ConnectOptions.of(simulator.kubeconfig()));
    vaultFolder = folder.resolve("vault");
    vault = openVault(vaultFolder, true);
  }

  static Vault openVault(Path folder, boolean make) {
    VaultLocation location = VaultLocation.parse(folder.toString());
    try (Password password = new Password("snow".toCharArray())) {
      return make
          ? Vault.init(location, password, LocalBackends.unmounted())
          : Vault.open(location, password, LocalBackends.unmounted());
    }
  }

  private static List<String> moverCommand() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "io.firn.mover.MoverMain");
  }

  /// Applies the shop's manifests and waits until its machines are as they should be.
  void open() {
    apply("shop.yaml");
    await(Kinds.INSTANCE, SHOP, "orders", o -> o.toString().contains("AgentConnected"));
    await(Kinds.INSTANCE, SHOP, "bastion", o -> phase(o).equals("Running"));
    await(Kinds.VIRTUAL_MACHINE, SHOP, "web", o -> status(o).equals("Stopped"));
  }

  void apply(String resource) {
    for (ObjectNode object : documents(resource)) {
      cluster.objects().create(object, false);
    }
  }

  private static List<ObjectNode> documents(String resource) {
    try (InputStream in = requireNonNull(RestoreShop.class.getResourceAsStream(resource));
        MappingIterator<ObjectNode> documents = YAML.readerFor(ObjectNode.class).readValues(in)) {
      return new ArrayList<>(documents.readAll());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode object(String yaml) {
    try {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  /// Backs up everything in a namespace; its point.
  PointSummary backUp(String namespace) {
    List<Selection> selections = List.of(new Selection.All(namespace));
    BackupRequest request =
        new BackupRequest(selections, Optional.empty(), Set.of(), BACKUP_OPTIONS);
    new BackupRunner(cluster, InstantSource.system(), new Random(), "test")
        .run(
            new BackupPlanner(cluster, InstantSource.system()).plan(request),
            vault,
            BackupListener.SILENT);
    return new PointCatalog(vault).find("latest", PointFilter.inNamespace(namespace));
  }

  RestorePlan plan(Vault from, PointSummary point, RestoreRequest request) {
    try (PointReader reader = PointReader.open(from, point)) {
      return new RestorePlanner(cluster).plan(reader, request);
    }
  }

  RestorePlan plan(PointSummary point, RestoreRequest request) {
    return plan(vault, point, request);
  }

  RestoreReport run(RestorePlan plan, RestoreListener listener) {
    return new RestoreRunner(cluster, InstantSource.system(), new Random())
        .run(plan, vault, listener);
  }

  RestoreReport restore(PointSummary point, RestoreRequest request) {
    return run(plan(point, request), RestoreListener.SILENT);
  }

  void namespace(String name) {
    cluster
        .objects()
        .create(
            object("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name)),
            false);
  }

  void deleteNamespace(String name) {
    ObjectRef ref = ObjectRef.of(Kinds.NAMESPACE, "", name);
    cluster.objects().delete(ref, Propagation.BACKGROUND, Optional.empty());
    cluster.objects().await(ref, Optional::isEmpty, MOST);
  }

  ObjectNode await(
      ResourceKind kind, String namespace, String name, Predicate<ObjectNode> condition) {
    return cluster
        .objects()
        .await(ObjectRef.of(kind, namespace, name), o -> o.filter(condition).isPresent(), MOST)
        .orElseThrow();
  }

  Optional<ObjectNode> get(ResourceKind kind, String namespace, String name) {
    return cluster.objects().get(ObjectRef.of(kind, namespace, name));
  }

  ObjectNode need(ResourceKind kind, String namespace, String name) {
    return get(kind, namespace, name).orElseThrow();
  }

  /// The claim with a machine's TPM and EFI state.
  ObjectNode stateClaim(String namespace, String machine) {
    List<ObjectNode> claims =
        cluster.objects().list(Kinds.CLAIM, namespace, "persistent-state-for=" + machine);
    if (claims.size() != 1) {
      throw new AssertionError(machine + " has " + claims.size() + " state claims");
    }
    return claims.getFirst();
  }

  /// Every object of the kinds that a restore makes, with its resource version.
  Map<ObjectRef, String> everything(String namespace) {
    Map<ObjectRef, String> all = new TreeMap<>();
    for (ResourceKind kind :
        List.of(
            Kinds.SECRET,
            Kinds.CLAIM,
            Kinds.VIRTUAL_MACHINE,
            Kinds.CONTROLLER_REVISION,
            Kinds.JOB,
            Kinds.CONFIG_MAP)) {
      for (ObjectNode object : cluster.objects().list(kind, namespace, "")) {
        all.put(ObjectRef.of(object), object.at("/metadata/uid").asText());
      }
    }
    return all;
  }

  /// Temporary objects that are left in a namespace.
  List<ObjectRef> leftovers(String namespace) {
    List<ObjectRef> found = new ArrayList<>();
    for (ResourceKind kind : List.of(Kinds.JOB, Kinds.SECRET, Kinds.CONFIG_MAP)) {
      cluster.objects().list(kind, namespace, RunMarks.SELECTOR).stream()
          .filter(o -> o.at("/metadata/deletionTimestamp").isMissingNode())
          .map(o -> ObjectRef.of(o))
          .forEach(found::add);
    }
    return found;
  }

  /// How many pods each Job has had, Jobs that are gone included.
  Map<String, Long> podsOfJobs(String namespace) {
    return cluster.objects().list(Kinds.EVENT, namespace, "").stream()
        .filter(event -> event.at("/involvedObject/kind").asText().equals(Kinds.JOB.kind()))
        .filter(event -> event.path("reason").asText().equals("SuccessfulCreate"))
        .collect(
            Collectors.groupingBy(
                event -> event.at("/involvedObject/name").asText(), Collectors.counting()));
  }

  /// Lets the objects of a run in this process look as if its process had ended.
  void pretendProcessEnded(String namespace) {
    RunOwner self = RunOwner.self();
    String dead = new RunOwner(self.host(), self.pid(), 1).text();
    for (ResourceKind kind : List.of(Kinds.JOB, Kinds.SECRET, Kinds.CONFIG_MAP)) {
      for (ObjectNode object : cluster.objects().list(kind, namespace, RunMarks.SELECTOR)) {
        ObjectNode patch = YAML.createObjectNode();
        patch.putObject("metadata").putObject("annotations").put(RunMarks.OWNER, dead);
        cluster.objects().mergePatch(ObjectRef.of(object), patch, false);
      }
    }
  }

  static String phase(ObjectNode object) {
    return object.at("/status/phase").asText("");
  }

  static String status(ObjectNode machine) {
    return machine.at("/status/printableStatus").asText("");
  }

  /// The UID of an object's first owner, or "".
  static String owner(ObjectNode object) {
    return object.at("/metadata/ownerReferences/0/uid").asText();
  }

  @Override
  public void close() {
    vault.close();
    cluster.close();
    simulator.close();
  }
}
