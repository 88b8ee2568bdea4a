package io.firn.backup;

import io.firn.backup.BackupListener.Step;
import io.firn.cluster.Cluster;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.ClaimUse;
import io.firn.graph.GraphBuilder;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.run.Parallel;
import io.firn.run.RunScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Freeze, cut all volumes, thaw: the window that a guest feels, in the order of KubeVirt's own
/// snapshot controller. The guests are thawed whatever happens in between.
///
/// One per capture.
final class Capture {
  private final Cluster cluster;
  private final InstantSource clock;
  private final NamespacePlan plan;
  private final BackupRequest request;
  private final VolumeCutter cutter;
  private final RunScope scope;
  private final BackupListener listener;
  private final List<HeldGuest> guests;

  Capture(
      Cluster cluster,
      InstantSource clock,
      NamespacePlan plan,
      BackupRequest request,
      RunScope scope,
      BackupListener listener) {
    this.cluster = cluster;
    this.clock = clock;
    this.plan = plan;
    this.request = request;
    this.cutter = new VolumeCutter(cluster, scope, text -> listener.step(Step.WAIT, text));
    this.scope = scope;
    this.listener = listener;
    this.guests =
        plan.machines().stream()
            .flatMap(machine -> toFreeze(machine).stream())
            .map(instance ->
                new HeldGuest(cluster.quiesce(), instance, request.options().unfreezeTimeout()))
            .toList();
  }

  private static Optional<ObjectRef> toFreeze(PlannedMachine machine) {
    return switch (machine.quiesce()) {
      case QuiescePlan.Freeze(ObjectRef instance) when !machine.claims().isEmpty() ->
          Optional.of(instance);
      case QuiescePlan.Freeze _, QuiescePlan.Stopped _, QuiescePlan.Unfrozen _ -> Optional.empty();
    };
  }

  /// Losses and warnings go to the listener; a level below what was demanded is
  /// `CONSISTENCY_NOT_REACHED`.
  Captured run() {
    ClusterLookup lookup = new ClusterLookup(cluster.objects());
    try (ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
      Window window = hold(lookup, reading);
      List<CutVolume> cuts =
          Parallel.map(window.snapshots(), 16, cut -> cutter.facts(cut.volume(), cut.snapshot()));
      List<ReachedLevel> levels = new LevelRules(cluster, guests, cuts).of(plan);
      levels.forEach(this::requireDemanded);
      ObjectGraph graph = window.graph();
      requireSameClaims(graph);
      return new Captured(window.at(), cuts, levels, graph, lookup);
    }
  }

  private record Snapshotted(PlannedVolume volume, ObjectRef snapshot) {}

  private record Window(Instant at, List<Snapshotted> snapshots, ObjectGraph graph) {}

  private Window hold(ClusterLookup lookup, ExecutorService reading) {
    Future<ObjectGraph> graph;
    Instant at;
    List<Snapshotted> snapshots;
    try {
      if (!guests.isEmpty()) {
        listener.step(Step.FREEZE, names(guests.stream().map(HeldGuest::instance).toList()));
        Parallel.map(guests, guests.size(), this::freeze);
        requireFrozen();
      }
      at = clock.instant();
      // Begun in the window, and not waited for: what is read here is the spec, which a guest's
      // thaw does not change, so a slow list must not prolong the freeze.
      List<ObjectRef> roots = plan.graph().roots();
      graph = reading.submit(() -> new GraphBuilder(lookup).build(roots));
      snapshots = cutAll();
      guests.forEach(HeldGuest::cutsDone);
    } finally {
      thawAll();
    }
    return new Window(at, snapshots, result(graph));
  }

  private List<Snapshotted> cutAll() {
    if (plan.volumes().isEmpty()) {
      return List.of();
    }
    listener.step(Step.SNAPSHOT, plan.volumes().size() + " volumes");
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < plan.volumes().size(); i++) {
      numbers.add(i);
    }
    return Parallel.map(
        numbers,
        numbers.size(),
        i -> {
          PlannedVolume volume = plan.volumes().get(i);
          String name = "firn-" + scope.marks().run() + "-" + i;
          return new Snapshotted(
              volume, cutter.cut(volume, name, request.options().snapshotDeadline()));
        });
  }

  private boolean freeze(HeldGuest guest) {
    guest.freeze();
    return true;
  }

  /// No need to go on where the level that was demanded is out of reach.
  private void requireFrozen() {
    boolean demanded =
        request.demanded().filter(d -> d.compareTo(ConsistencyLevel.CRASH) > 0).isPresent();
    for (HeldGuest guest : demanded ? guests : List.<HeldGuest>of()) {
      switch (guest.hold()) {
        case HeldGuest.Hold.Frozen() -> {}
        case HeldGuest.Hold.None(String reason) -> throw tooWeak(guest.instance(), reason);
        case HeldGuest.Hold.Lost(String reason) -> throw tooWeak(guest.instance(), reason);
      }
    }
  }

  private void requireDemanded(ReachedLevel reached) {
    request
        .demanded()
        .filter(demanded -> reached.level().compareTo(demanded) < 0)
        .ifPresent(_ -> {
          throw tooWeak(reached.machine().machine(), reached.reason());
        });
  }

  private FirnException tooWeak(ObjectRef machine, String reason) {
    String demanded = request.demanded().map(ConsistencyLevel::label).orElse("");
    return new FirnException(
        new Failure(
            FailureCode.CONSISTENCY_NOT_REACHED,
            machine + " could not be captured at level " + demanded + ": " + reason,
            "Repair the cause and try again, or demand less: --consistency crash.",
            Map.of("machine", machine.toString(), "demanded", demanded),
            true));
  }

  /// Thaws every guest, each on a thread of its own that nobody interrupts, and waits for it even
  /// where this thread is interrupted meanwhile.
  private void thawAll() {
    if (guests.isEmpty()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    listener.step(Step.THAW, names(guests.stream().map(HeldGuest::instance).toList()));
    List<Thread> threads =
        guests.stream()
            .map(guest ->
                Thread.ofVirtual()
                    .name("thaw " + guest.instance().name())
                    .start(() -> guest.thaw().ifPresent(listener::warning)))
            .toList();
    for (Thread thread : threads) {
      interrupted |= joined(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joined(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        // Told to the caller once the guest is thawed.
        interrupted = true;
      }
    }
    return interrupted;
  }

  private static ObjectGraph result(Future<ObjectGraph> graph) {
    try {
      return graph.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Parallel.interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("reading the definitions ended abnormally", e.getCause());
    }
  }

  /// A claim that has come since the plan was made is in no snapshot, and so in no point.
  private void requireSameClaims(ObjectGraph now) {
    Set<ObjectRef> known = new LinkedHashSet<>();
    plan.graph().claims().forEach(use -> known.add(use.claim()));
    Optional<ClaimUse> added =
        now.claims().stream().filter(use -> !known.contains(use.claim())).findFirst();
    if (added.isPresent()) {
      throw new FirnException(
          new Failure(
              FailureCode.PRECONDITION_FAILED,
              added.get().machine()
                  + " got the volume "
                  + added.get().claim()
                  + " while it was being backed up",
              "Run the backup again: its plan will have that volume.",
              Map.of("machine", added.get().machine().toString()),
              true));
    }
  }

  private static String names(List<ObjectRef> instances) {
    List<String> names = instances.stream().map(ObjectRef::name).limit(4).toList();
    String text = String.join(", ", names);
    return instances.size() > 4 ? text + " and " + (instances.size() - 4) + " more" : text;
  }
}
