package io.firn.repository.prune;

import io.firn.repository.BackendErrors;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.lock.RepositoryLocks;
import io.firn.repository.seen.SeenFiles;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Prunes a repository (docs/decisions/0010). With a grace period: what is due is deleted first,
/// alone for a short time; then, beside writers, packs are written anew and what is dead is marked.
/// Without one: all at once, alone. For one run.
///
/// Between any two operations of the backend the repository is whole, and the next run goes on.
public final class PruneRun {
  private static final int MOST_ROUNDS = 5;

  private final Backend backend;
  private final SecretKey key;
  private final UnpackedFiles files;
  private final RepositoryLocks locks;
  private final InstantSource clock;
  private final int packBytes;
  private final PruneOptions options;
  private final PruneListener listener;
  private final MarkFiles markFiles;
  private final ProtectedFiles storage;
  private final Survey survey;

  private long packsDeleted;
  private long bytesDeleted;
  private long indexesRemoved;

  public PruneRun(
      Backend backend,
      SecretKey key,
      UnpackedFiles files,
      RepositoryLocks locks,
      InstantSource clock,
      int packBytes,
      Function<BlobIndex, RepositoryReader> readers,
      PruneOptions options,
      PruneListener listener) {
    this.backend = backend;
    this.key = key;
    this.files = files;
    this.locks = locks;
    this.clock = clock;
    this.packBytes = packBytes;
    this.options = options;
    this.listener = listener;
    this.markFiles = new MarkFiles(backend, files);
    this.storage = new ProtectedFiles(backend);
    this.survey = new Survey(backend, files, readers, listener);
  }

  /// What a run would do now. Takes no lock and changes nothing.
  ///
  /// Another prune may take packs away meanwhile, and their index files first: so nothing is called
  /// damaged on the strength of an index file that has gone (docs/decisions/0036).
  public PrunePlan plan() {
    for (int round = 1; ; round++) {
      try {
        survey.refresh();
        return planner(markFiles.load()).plan();
      } catch (RepositoryException e) {
        boolean hurt = e.code() == FailureCode.CORRUPT || e.code() == FailureCode.PRUNED;
        if (!hurt || round == MOST_ROUNDS || !survey.overtaken()) {
          throw e;
        }
      }
    }
  }

  public PruneOutcome run() {
    SeenFiles.removeOld(backend, clock.instant());
    return options.grace().isZero() ? atOnce() : inTwoPhases();
  }

  private PruneOutcome inTwoPhases() {
    Optional<String> postponed = Optional.empty();
    if (markFiles.load().anyDue(clock.instant(), options.grace())) {
      lookAhead();
      postponed = deleteDueWhenAlone();
    }
    try (HeldLock lock = locks.shared()) {
      return repackAndMark(lock, postponed);
    }
  }

  /// Who is in the way, where somebody is: what is due stays until the next run then. A writer who
  /// began after something due was marked is not (decision 0037).
  private Optional<String> deleteDueWhenAlone() {
    Marks marks = markFiles.load();
    HeldLock alone;
    try {
      alone =
          locks.exclusiveBeside(
              begun -> marks.before(begun).anyDue(clock.instant(), options.grace()));
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.LOCKED) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
    try (alone) {
      // Nobody comes in while our lock is there, so these are all.
      deleteDue(alone, locks.firstThatGivesWay());
      return Optional.empty();
    }
  }

  /// What is walked before the exclusive lock need not be walked under it. It decides nothing, so
  /// what others do meanwhile may make it fail.
  private void lookAhead() {
    try {
      survey.refresh();
    } catch (RepositoryException e) {
      System.getLogger(PruneRun.class.getName())
          .log(System.Logger.Level.DEBUG, "looked too early; looking again under the lock", e);
    }
  }

  /// The second phase of what earlier runs have marked, before the first writer beside us began.
  /// Packs in no index may be his whatever the clocks say, so they wait until there is none.
  private void deleteDue(HeldLock lock, Optional<Instant> firstWriter) {
    survey.refresh();
    Marks marks = markFiles.load();
    PrunePlan plan = planner(firstWriter.map(marks::before).orElse(marks)).plan();
    Set<PackId> gone = new HashSet<>(unlist(plan.ids(PackFate.DUE), lock));
    if (firstWriter.isEmpty()) {
      gone.addAll(plan.ids(PackFate.STRAY_DUE));
    }
    // Writers may come in: nothing refers to these packs. Whoever would list them again from their
    // own headers (a repair of the index) wants to be alone, and waits.
    lock.share();
    delete(gone);
  }

  /// The first phase: adds only, so writers may go on.
  private PruneOutcome repackAndMark(HeldLock lock, Optional<String> postponed) {
    survey.refresh();
    Marks marks = markFiles.load();
    PrunePlanner planner = planner(marks);
    PrunePlan plan = planner.plan();
    Repacker.Result repacked = repacker().run(plan, survey, planner.homes(), lock);
    lock.requireHeld();
    Map<PackId, Instant> since = new HashMap<>();
    for (PlannedPack pack : plan.packs()) {
      // Who did not come to the end does not know whether a second copy is needed.
      boolean unsure = repacked.failure().isPresent() && pack.marked().isEmpty();
      if (pack.liveBytes() == 0 && !(unsure && holdsNeeded(pack.id()))) {
        since.put(pack.id(), pack.marked().orElse(plan.at()));
      }
    }
    repacked.replaced().forEach(pack -> since.put(pack, plan.at()));
    // What only they can still give is not to be deleted as a second copy.
    since.keySet().removeAll(repacked.spared());
    markFiles.replace(marks, since);
    if (repacked.failure().isPresent()) {
      throw repacked.failure().get();
    }
    return outcome(plan, repacked, since, postponed);
  }

  private PruneOutcome atOnce() {
    lookAhead();
    try (HeldLock lock = locks.exclusive()) {
      survey.refresh();
      Marks marks = markFiles.load();
      PrunePlanner planner = planner(marks);
      PrunePlan plan = planner.plan();
      // What is wholly dead goes first: a repack may need its space. Second copies of what is
      // needed do not: a repack needs them where the first ones are damaged.
      List<PackId> copies = plan.ids(PackFate.DUE).stream().filter(this::holdsNeeded).toList();
      Set<PackId> dead = new HashSet<>(plan.ids(PackFate.DUE));
      copies.forEach(dead::remove);
      Set<PackId> gone = new HashSet<>(plan.ids(PackFate.STRAY_DUE));
      gone.addAll(unlist(dead, lock));
      delete(gone);
      Repacker.Result repacked = repacker().run(plan, survey, planner.homes(), lock);
      Set<PackId> second = new HashSet<>(repacked.replaced());
      if (repacked.failure().isEmpty()) {
        second.addAll(copies);
      }
      second.removeAll(repacked.spared());
      Set<PackId> replaced = unlist(second, lock);
      lock.share();
      delete(replaced);
      Map<PackId, Instant> since = new HashMap<>();
      plan.with(PackFate.LOCKED)
          .filter(pack -> pack.liveBytes() == 0)
          .forEach(pack -> since.put(pack.id(), pack.marked().orElse(plan.at())));
      markFiles.replace(marks, since);
      if (repacked.failure().isPresent()) {
        throw repacked.failure().get();
      }
      return outcome(plan, repacked, since, Optional.empty());
    }
  }

  private boolean holdsNeeded(PackId pack) {
    return survey.table().lists(pack)
        && Arrays.stream(survey.table().get(pack).blobs()).anyMatch(survey.live()::contains);
  }

  private PrunePlanner planner(Marks marks) {
    return new PrunePlanner(survey, marks, options, clock.instant(), storage, packBytes);
  }

  private Repacker repacker() {
    return new Repacker(backend, key, files, clock, packBytes, listener);
  }

  private Set<PackId> unlist(Collection<PackId> packs, HeldLock lock) {
    if (packs.isEmpty()) {
      return Set.of();
    }
    lock.requireHeld();
    PackUnlisting.Result result =
        new PackUnlisting(backend, files, survey, lock, storage, clock.instant())
            .without(new HashSet<>(packs));
    indexesRemoved += result.filesRemoved();
    return result.unlisted();
  }

  private void delete(Collection<PackId> packs) {
    AtomicLong done = new AtomicLong();
    Many.forEach(
        packs,
        pack -> {
          delete(pack);
          listener.progress(PruneListener.Phase.DELETE, done.incrementAndGet(), packs.size());
        });
    packsDeleted += packs.size();
    bytesDeleted += packs.stream().mapToLong(pack -> survey.stored().getOrDefault(pack, 0L)).sum();
  }

  private void delete(PackId pack) {
    FileHandle handle = new FileHandle(FileType.PACK, pack.toString());
    try {
      backend.delete(handle);
    } catch (IOException e) {
      throw BackendErrors.failed("could not remove a pack in", backend, handle.toString(), e);
    }
  }

  private PruneOutcome outcome(
      PrunePlan plan,
      Repacker.Result repacked,
      Map<PackId, Instant> since,
      Optional<String> postponed) {
    List<PackId> marked = new ArrayList<>(since.keySet());
    return new PruneOutcome(
        plan,
        packsDeleted,
        bytesDeleted,
        repacked.replaced().size(),
        repacked.bytesWritten(),
        marked.size(),
        marked.stream().mapToLong(pack -> survey.stored().getOrDefault(pack, 0L)).sum(),
        since.values().stream().min(Instant::compareTo).map(time -> time.plus(options.grace())),
        indexesRemoved,
        postponed,
        repacked.damaged());
  }
}
