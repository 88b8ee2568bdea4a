package io.firn.restore;

import static io.firn.restore.RestoreListener.Step.APPLY;
import static io.firn.restore.RestoreListener.Step.CLEAN;
import static io.firn.restore.RestoreListener.Step.CONFIGURE;
import static io.firn.restore.RestoreListener.Step.OWN;
import static io.firn.restore.RestoreListener.Step.POPULATE;
import static io.firn.restore.RestoreListener.Step.PREPARE;
import static io.firn.restore.RestoreListener.Step.REMOVE;
import static io.firn.restore.RestoreListener.Step.START;
import static io.firn.restore.RestoreListener.Step.WAIT;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.doctor.CureReport;
import io.firn.doctor.Doctor;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import io.firn.mover.MoverPod;
import io.firn.point.SecondCopies;
import io.firn.point.Vault;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.TreeId;
import io.firn.restore.RestoreAction.Populate;
import io.firn.restore.RestoreReport.MachineReport;
import io.firn.restore.RestoreReport.VolumeReport;
import io.firn.run.Awaiting;
import io.firn.run.MachineLock;
import io.firn.run.MachineLocks;
import io.firn.run.Parallel;
import io.firn.run.RunMarks;
import io.firn.run.RunScope;
import io.firn.run.VaultSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// One run of one plan, step by step. For one thread.
final class Restoring {
  private final Cluster cluster;
  private final ClusterObjects objects;
  private final InstantSource clock;
  private final RestorePlan plan;
  private final Vault vault;
  private final RestoreListener listener;
  private final RunScope scope;
  private final Making making;
  private final TargetNamespace namespace;
  private final List<String> warnings = new ArrayList<>();

  Restoring(
      Cluster cluster,
      InstantSource clock,
      RandomGenerator random,
      RestorePlan plan,
      Vault vault,
      RestoreListener listener) {
    this.cluster = cluster;
    this.objects = cluster.objects();
    this.clock = clock;
    this.plan = plan;
    this.vault = vault;
    this.listener = listener;
    this.making = new Making(objects, plan.mark());
    this.namespace = new TargetNamespace(objects, plan);
    String run = "restore-" + HexFormat.of().toHexDigits(random.nextInt());
    long expires =
        clock.instant().plus(options().populateDeadline()).plusSeconds(3600).getEpochSecond();
    this.scope = new RunScope(objects, new RunMarks(run, expires));
  }

  RestoreReport run() {
    Instant begun = clock.instant();
    List<ObjectRef> created = new ArrayList<>();
    List<VolumeReport> volumes;
    List<MachineReport> machines;
    boolean finished = false;
    try {
      prepare();
      remove();
      listener.step(CONFIGURE, plan.targetNamespace());
      Applying applying = new Applying(objects, waits(), making, plan, options().objectDeadline());
      created.addAll(applying.create(RestoreStage.CONFIG));
      created.addAll(applying.create(RestoreStage.TYPE));
      created.addAll(applying.create(RestoreStage.REVISION));
      volumes = populate();
      warnOfDamage(volumes);
      created.addAll(volumes.stream().map(VolumeReport::claim).toList());
      apply(applying, created);
      Starting starting = new Starting(objects, waits(), making, plan, options().startDeadline());
      listener.step(START, plan.machines().size() + " machines");
      starting.start();
      created.addAll(applying.create(RestoreStage.STARTING));
      starting.unmark();
      machines = starting.await(warnings);
      finished = true;
    } finally {
      clean();
      if (!finished) {
        giveNamespaceBack();
      }
    }
    return new RestoreReport(
        plan.point(),
        plan.targetNamespace(),
        created,
        plan.of(RestoreAction.Adopt.class).stream().map(RestoreAction::target).toList(),
        plan.of(RestoreAction.Remove.class).stream().map(RestoreAction::target).toList(),
        volumes,
        machines,
        warnings,
        Duration.between(begun, clock.instant()));
  }

  private void prepare() {
    listener.step(PREPARE, plan.targetNamespace());
    MoverPod.requireReachable(vault.location(), plan.targetNamespace());
    if (plan.createNamespace()) {
      makeNamespace();
    } else {
      tidy();
    }
    MachineLocks locks = new MachineLocks(objects, clock);
    for (PlannedMachine machine : plan.machines()) {
      locks.take(machine.target(), scope.marks(), plan.point());
      scope.note(MachineLock.refOf(machine.target()));
    }
    if (plan.machines().isEmpty()) {
      // Claims by themselves are locked by themselves: two movers must not write to one.
      for (Populate populate : plan.populates()) {
        locks.take(populate.target(), scope.marks(), plan.point());
        scope.note(MachineLock.refOf(populate.target()));
      }
    }
    if (!plan.populates().isEmpty()) {
      scope.note(VaultSecret.refOf(scope.marks(), plan.targetNamespace()));
      try (Password password = vault.password()) {
        objects.create(
            VaultSecret.objectFor(
                scope.marks(),
                plan.targetNamespace(),
                MoverPod.PASSWORD_KEY,
                password,
                vault.moverAccess().files()),
            false);
      }
    }
  }

  /// In a namespace that has just been made, every object is tried before any data is moved: only
  /// now can its quota, its policies and the webhooks that select it speak.
  private void makeNamespace() {
    listener.step(PREPARE, "namespace " + plan.targetNamespace());
    if (!namespace.make()) {
      // Somebody else made it since the plan: as good, and not ours to remove.
      listener.step(PREPARE, "namespace " + plan.targetNamespace() + " is there now");
    }
    PlanNotes notes = new PlanNotes();
    new StorageCheck(new TargetCluster(objects, plan.targetNamespace(), plan.mark()), notes)
        .check(plan.actions());
    new DryRunCheck(objects, notes).check(plan.actions(), true);
    List<RestoreFinding> stops =
        notes.findings().stream().filter(f -> f.weight() == RestoreFinding.Weight.STOP).toList();
    if (!stops.isEmpty()) {
      throw RestoreFailures.refused(stops);
    }
  }

  /// Dead runs' leftovers go first: among them the vault's password, and movers that still write.
  private void tidy() {
    try {
      CureReport cure = new Doctor(cluster, clock).tidy(plan.targetNamespace());
      if (!cure.removed().isEmpty()) {
        listener.step(PREPARE, "removed " + cure.removed().size() + " leftovers of dead runs");
      }
      cure.failed().forEach(text -> listener.warning("could not clean up " + text));
    } catch (FirnException e) {
      listener.warning("could not look for leftovers: " + e.failure().summary());
    }
  }

  private void remove() {
    Removal removal = new Removal(objects, waits(), options().objectDeadline());
    for (RestoreAction.Remove action : plan.of(RestoreAction.Remove.class)) {
      listener.step(REMOVE, action.target().toString());
      removal.remove(action);
    }
  }

  private List<VolumeReport> populate() {
    List<Populate> populates = plan.populates();
    if (populates.isEmpty()) {
      return List.of();
    }
    listener.step(POPULATE, populates.size() + " volumes");
    List<TreeId> folders = folders(populates);
    VolumeFilling filling =
        new VolumeFilling(
            cluster, making, scope, options(), vault.moverAccess(), plan.domain(), clock);
    return Parallel.map(
        IntStream.range(0, populates.size()).boxed().toList(),
        VolumeFilling.parallel(options(), populates),
        i -> filling.fill(populates.get(i), folders.get(i), i, listener));
  }

  private List<TreeId> folders(List<Populate> populates) {
    if (populates.stream().allMatch(p -> p.content().renames().isEmpty())) {
      return populates.stream().map(p -> TreeId.of(p.content().tree())).toList();
    }
    try (Repository repository = vault.openDomain(plan.domain())) {
      StateTrees trees = new StateTrees(repository);
      return populates.stream()
          .map(p -> trees.renamed(TreeId.of(p.content().tree()), p.content().renames()))
          .toList();
    }
  }

  private void apply(Applying applying, List<ObjectRef> created) {
    listener.step(APPLY, plan.targetNamespace());
    created.addAll(applying.create(RestoreStage.DATA_VOLUME));
    applying.awaitHandover();
    created.addAll(applying.create(RestoreStage.MACHINE));
    applying.awaitMachines().forEach(this::warn);
    listener.step(OWN, plan.targetNamespace());
    applying.own();
    created.addAll(applying.create(RestoreStage.SERVICE));
  }

  private void warnOfDamage(List<VolumeReport> volumes) {
    List<String> packs =
        volumes.stream()
            .flatMap(volume -> volume.damagedPacks().stream())
            .distinct()
            .sorted()
            .toList();
    new SecondCopies(plan.domain()).warning(packs).ifPresent(this::warn);
  }

  private void warn(String message) {
    warnings.add(message);
    listener.warning(message);
  }

  /// Runs to its end also for a thread that is being interrupted: what stays behind would hold
  /// volumes and the vault's password.
  private void clean() {
    boolean interrupted = Thread.interrupted();
    listener.step(CLEAN, scope.marks().run());
    try {
      scope.clean().forEach(this::warn);
    } catch (ClusterException e) {
      // The outcome of the restore matters more; the doctor finds what is left.
      warn("Temporary objects are left behind: " + e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Awaiting waits() {
    return new Awaiting(objects, text -> listener.step(WAIT, text));
  }

  /// Where nothing came of the restore: the namespace that it made goes again, unless there is
  /// something in it.
  private void giveNamespaceBack() {
    boolean interrupted = Thread.interrupted();
    String held = namespace.removeIfEmpty();
    if (!held.isEmpty()) {
      warn(
          "The namespace %s stays, though this restore made it: it holds %s"
              .formatted(plan.targetNamespace(), held));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private RestoreOptions options() {
    return plan.request().options();
  }
}
