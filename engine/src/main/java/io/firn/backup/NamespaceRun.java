package io.firn.backup;

import io.firn.backup.BackupListener.Step;
import io.firn.backup.BackupReport.MachineReport;
import io.firn.backup.BackupReport.PointReport;
import io.firn.backup.BackupReport.VolumeReport;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterIdentity;
import io.firn.doctor.CureReport;
import io.firn.doctor.Doctor;
import io.firn.failure.FirnException;
import io.firn.mover.MoverPod;
import io.firn.point.Domain;
import io.firn.point.Manifest;
import io.firn.point.Manifest.ClusterFacts;
import io.firn.point.Manifest.ExcludedVolume;
import io.firn.point.Manifest.VolumeFacts;
import io.firn.point.MoverAccess;
import io.firn.point.PointContent;
import io.firn.point.PointName;
import io.firn.point.PointWriter;
import io.firn.point.Vault;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.SnapshotId;
import io.firn.repository.TreeId;
import io.firn.repository.lock.HeldLock;
import io.firn.run.MachineLock;
import io.firn.run.MachineLocks;
import io.firn.run.Parallel;
import io.firn.run.RunScope;
import io.firn.run.VaultSecret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The backup of one namespace, from its locks to its sealed point. What it makes in the cluster is
/// noted in its scope; its caller cleans that up.
final class NamespaceRun {
  private final Cluster cluster;
  private final InstantSource clock;
  private final String firnVersion;
  private final BackupRequest request;
  private final NamespacePlan plan;
  private final Vault vault;
  private final Domain domain;
  private final RunScope scope;
  private final PointName point;
  private final BackupListener listener;

  NamespaceRun(
      Cluster cluster,
      InstantSource clock,
      String firnVersion,
      BackupRequest request,
      NamespacePlan plan,
      Vault vault,
      RunScope scope,
      PointName point,
      BackupListener listener) {
    this.cluster = cluster;
    this.clock = clock;
    this.firnVersion = firnVersion;
    this.request = request;
    this.plan = plan;
    this.vault = vault;
    this.domain = plan.domain();
    this.scope = scope;
    this.point = point;
    this.listener = listener;
  }

  PointReport run() {
    Instant started = clock.instant();
    listener.step(Step.PREPARE, plan.namespace());
    MoverPod.requireReachable(vault.location(), plan.namespace());
    MoverAccess access = vault.moverAccess();
    // Shared from before the first mover until the seal: what movers have stored is needed by no
    // snapshot yet, so a prune between them would remove it. What was marked before may go: the
    // seal looks whether the movers counted on it.
    try (Repository repository = vault.openOrCreateDomain(domain);
        HeldLock lock = repository.locks().shared()) {
      lock.giveWay();
      tidy();
      lockMachines();
      createSecret(access);
      Captured captured = new Capture(cluster, clock, plan, request, scope, listener).run();
      List<MovedVolume> moved = move(captured, access);
      listener.step(Step.SEAL, point.value());
      Manifest manifest = manifest(captured, moved);
      SnapshotId snapshot = seal(repository, lock, started, captured, manifest, moved);
      return report(snapshot, captured, moved);
    }
  }

  /// Dead runs' leftovers would be in the way; what cannot be tidied is told, and the doctor's.
  private void tidy() {
    try {
      CureReport cure = new Doctor(cluster, clock).tidy(plan.namespace());
      if (!cure.removed().isEmpty()) {
        listener.step(Step.PREPARE, "removed " + cure.removed().size() + " leftovers of dead runs");
      }
      cure.failed().forEach(text -> listener.warning("could not clean up " + text));
    } catch (FirnException e) {
      listener.warning("could not look for leftovers: " + e.failure().summary());
    }
  }

  private void lockMachines() {
    MachineLocks locks = new MachineLocks(cluster.objects(), clock);
    for (PlannedMachine machine : plan.machines()) {
      // Noted after it is taken: a lock that another run holds must not be removed by this one.
      locks.take(machine.machine(), scope.marks(), point);
      scope.note(MachineLock.refOf(machine.machine()));
    }
  }

  private void createSecret(MoverAccess access) {
    if (plan.volumes().isEmpty()) {
      return;
    }
    scope.note(VaultSecret.refOf(scope.marks(), plan.namespace()));
    try (Password password = vault.password()) {
      cluster
          .objects()
          .create(
              VaultSecret.objectFor(
                  scope.marks(), plan.namespace(), MoverPod.PASSWORD_KEY, password, access.files()),
              false);
    }
  }

  private List<MovedVolume> move(Captured captured, MoverAccess access) {
    VolumeMover mover =
        new VolumeMover(
            cluster, scope, request.options(), access, domain, captured.graph(), listener);
    return Parallel.map(captured.cuts(), request.options().parallelMovers(), mover::move);
  }

  private Manifest manifest(Captured captured, List<MovedVolume> moved) {
    ClusterIdentity identity = cluster.identity();
    MachineRecord machines = new MachineRecord(captured.lookup());
    return new Manifest(
        Manifest.VERSION,
        firnVersion,
        point,
        captured.at(),
        new ClusterFacts(identity.name(), identity.uid(), cluster.kubernetesVersion()),
        plan.namespace(),
        captured.levels().stream().map(machines::of).toList(),
        moved.stream().map(NamespaceRun::facts).toList(),
        List.of(),
        plan.excluded().stream()
            .map(e -> new ExcludedVolume(e.claim().name(), e.reason()))
            .distinct()
            .toList());
  }

  private static VolumeFacts facts(MovedVolume moved) {
    PlannedVolume volume = moved.cut().volume();
    return new VolumeFacts(
        volume.claim().name(),
        volume.block() ? "Block" : "Filesystem",
        volume.storageClass(),
        volume.capacityBytes(),
        moved.result().sizeBytes(),
        moved.result().blockSizeBytes(),
        moved.result().digest(),
        moved.cut().cutAt(),
        moved.cut().handle(),
        Optional.of(volume.driver()).filter(driver -> !driver.isEmpty()),
        moved.result().bytesRead(),
        moved.result().bytesNew(),
        moved.result().bytesStored());
  }

  private SnapshotId seal(
      Repository repository,
      HeldLock lock,
      Instant started,
      Captured captured,
      Manifest manifest,
      List<MovedVolume> moved) {
    SequencedMap<String, TreeId> volumes = new LinkedHashMap<>();
    moved.forEach(m -> volumes.put(m.cut().volume().claim().name(), TreeId.of(m.result().tree())));
    PointContent content =
        new PointContent(
            manifest,
            scope.marks().run(),
            started,
            plan.graph().roots(),
            Definitions.of(captured.graph()),
            GraphFile.of(captured.graph()),
            volumes,
            request.labels());
    try (RepositoryWriter writer = repository.writer()) {
      // The writer's own lock goes on where this one ends: there is no gap between them.
      lock.requireHeld();
      return new PointWriter(writer, clock).seal(content);
    }
  }

  private PointReport report(SnapshotId snapshot, Captured captured, List<MovedVolume> moved) {
    return new PointReport(
        point,
        domain,
        snapshot,
        plan.namespace(),
        captured.levels().stream().map(NamespaceRun::report).toList(),
        moved.stream().map(NamespaceRun::report).toList(),
        plan.excluded());
  }

  private static MachineReport report(ReachedLevel reached) {
    return new MachineReport(
        reached.machine().machine(),
        reached.level(),
        reached.reason(),
        reached.freezeMillis(),
        reached.skewMillis());
  }

  private static VolumeReport report(MovedVolume moved) {
    return new VolumeReport(
        moved.cut().volume().claim(),
        moved.result().sizeBytes(),
        moved.result().bytesRead(),
        moved.result().bytesNew(),
        moved.result().bytesStored(),
        moved.result().digest(),
        moved.took());
  }
}
