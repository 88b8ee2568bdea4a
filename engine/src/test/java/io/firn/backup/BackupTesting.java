package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firn.cluster.MoverTemplate;
import io.firn.failure.Failure;
import io.firn.failure.FirnException;
import io.firn.fake.FakeCluster;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.DomainPolicy;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// A fake cluster, a real vault in a folder, and the words that tests about backups share.
final class BackupTesting implements AutoCloseable {
  /// A password that is cheap to guess, so that hundreds of movers open the vault in no time.
  static final RepositoryOptions CHEAP =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(1024, 8, 1));

  static final BackupOptions QUICK = wide(4);

  // One for all runs: two runs within a second must not get the same name.
  private final Random random = new Random(1);
  final FakeCluster cluster;
  final Vault vault;

  BackupTesting(Path folder) {
    this(folder, DomainPolicy.PER_NAMESPACE);
  }

  BackupTesting(Path folder, DomainPolicy domains) {
    cluster = new FakeCluster(folder);
    VaultLocation location = VaultLocation.parse(folder.resolve("vault").toString());
    try (Password password = new Password("snow".toCharArray())) {
      vault = Vault.init(location, password, LocalBackends.unmounted(), CHEAP, domains);
    }
  }

  /// Impatient options with so many movers at once.
  static BackupOptions wide(int movers) {
    return impatient(movers, Compression.FASTEST);
  }

  static BackupOptions impatient(int movers, Compression compression) {
    return new BackupOptions(
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        movers,
        0,
        MoverTemplate.STANDARD,
        4096,
        1,
        compression);
  }

  static ObjectRef vm(String name) {
    return ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", name);
  }

  static BackupRequest request(String... machines) {
    List<Selection> selections =
        List.of(machines).stream().<Selection>map(m -> new Selection.Named(vm(m))).toList();
    return new BackupRequest(selections, Optional.empty(), Set.of(), QUICK);
  }

  static BackupRequest demanding(ConsistencyLevel level, String... machines) {
    BackupRequest plain = request(machines);
    return new BackupRequest(
        plain.selections(), Optional.of(level), plain.excludedClaims(), plain.options());
  }

  BackupPlan plan(BackupRequest request) {
    return new BackupPlanner(cluster, InstantSource.system(), vault.domainPolicy()).plan(request);
  }

  BackupReport backUp(String... machines) {
    return run(plan(request(machines)));
  }

  BackupReport run(BackupPlan plan) {
    return new BackupRunner(cluster, InstantSource.system(), random, "test")
        .run(plan, vault, BackupListener.SILENT);
  }

  /// Runs a plan that must fail; the failure.
  Failure failureOf(BackupPlan plan) {
    FirnException e = catchThrowableOfType(FirnException.class, () -> run(plan));
    assertThat(e).as("the backup fails").isNotNull();
    return e.failure();
  }

  List<PointSummary> points() {
    return new PointCatalog(vault).list(PointFilter.ALL);
  }

  /// Nobody is frozen, nothing temporary is left.
  void assertClean() {
    assertThat(cluster.guests().frozen()).as("frozen guests").isEmpty();
    assertThat(cluster.objects().created())
        .as("objects that were made and are there yet")
        .noneMatch(ref -> cluster.objects().get(ref).isPresent());
  }

  @Override
  public void close() {
    vault.close();
  }
}
