package io.firn.repository.lock;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.concurrent.SideWork;
import io.firn.repository.unpacked.UnpackedFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The locks of a repository: taken, listed, removed. Writers share; only what removes something (a
/// key, a pack) excludes. Readers take none: files are written once, so the worst that a reader can
/// meet is a file that somebody has pruned, and that is a clear error. This also lets a repository
/// on read-only storage be read.
///
/// Whoever locks removes first the locks of processes that surely are dead (decision 0045). Whoever
/// meets a lock that excludes him may wait for it to go ([#waiting]). He does not wait for a stale
/// one, which only `unlock` removes: its owner may live on another host.
///
/// Thread-safe.
public final class RepositoryLocks {
  /// Time for two processes that lock at once to see each other.
  private static final Duration SETTLE = Duration.ofMillis(200);

  /// Between two looks at a lock that is waited for, half of it by chance: those who wait together
  /// should not all come back together.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(4);

  private final LockFiles files;
  private final InstantSource clock;
  private final LockTimer timer;
  private final ProcessIdentity self;
  private final ProcessTable processes;
  private final Duration wait;

  public RepositoryLocks(
      Backend backend,
      UnpackedFiles files,
      InstantSource clock,
      LockTimer timer,
      ProcessIdentity self,
      ProcessTable processes) {
    this(new LockFiles(backend, files), clock, timer, self, processes, Duration.ZERO);
  }

  private RepositoryLocks(
      LockFiles files,
      InstantSource clock,
      LockTimer timer,
      ProcessIdentity self,
      ProcessTable processes,
      Duration wait) {
    this.files = files;
    this.clock = clock;
    this.timer = timer;
    this.self = self;
    this.processes = processes;
    this.wait = wait;
  }

  /// The same locks, taken with patience: up to `limit` for a lock that stands in the way.
  public RepositoryLocks waiting(Duration limit) {
    return new RepositoryLocks(files, clock, timer, self, processes, limit);
  }

  /// Locks along with other writers; `LOCKED` where somebody excludes them.
  public HeldLock shared() {
    return sharedWhile(() -> true).lock();
  }

  /// As [#shared], and looks at the repository in the time in which two that lock at once see each
  /// other: `look` runs on a thread of its own when the lock has been written, anew with each
  /// attempt. It may only read.
  public <T> Looked<T> sharedWhile(Supplier<T> look) {
    return acquire(false, other -> other.conflictsWith(false), look);
  }

  /// Locks alone; `LOCKED` where there is any other lock.
  public HeldLock exclusive() {
    return acquire(true, other -> other.conflictsWith(true), () -> true).lock();
  }

  /// Locks alone, but for locks that give way and whose owners have begun at a time that passes.
  public HeldLock exclusiveBeside(Predicate<Instant> begun) {
    Predicate<LockFile> inTheWay =
        other -> other.exclusive() || other.begun().filter(begun).isEmpty();
    return acquire(true, inTheWay, () -> true).lock();
  }

  /// When the first of those has begun whose locks give way; empty where there are none.
  public Optional<Instant> firstThatGivesWay() {
    return files.all().values().stream()
        .flatMap(lock -> lock.begun().stream())
        .min(Comparator.naturalOrder());
  }

  /// A lock that gave way does so no more: once this returns, nobody is at work alone, nor will be
  /// while it is held. `LOCKED` where somebody who is does not end.
  ///
  /// Whoever wants to be alone writes his lock, then looks for others; we write ours, then look for
  /// his. So one of the two sees the other: he goes, or we wait.
  public void insist(HeldLock held) {
    held.share();
    patiently(waited -> {
      requireFree(other -> other.conflictsWith(false), files.all(), waited);
      return held;
    });
  }

  /// All locks, oldest first.
  public List<LockEntry> list() {
    Instant now = clock.instant();
    return files.all().entrySet().stream()
        .map(lock -> entry(lock.getKey(), lock.getValue(), now))
        .sorted(Comparator.comparing(LockEntry::time))
        .toList();
  }

  /// Removes the locks whose owners are gone. Returns how many.
  public int removeStale() {
    List<LockEntry> stale = list().stream().filter(LockEntry::stale).toList();
    stale.forEach(lock -> files.delete(lock.id()));
    return stale.size();
  }

  /// Removes all locks, unreadable ones and those of living processes included. Returns how many.
  public int removeAll() {
    Map<LockId, FileEntry> all = files.entries();
    all.keySet().forEach(files::delete);
    return all.size();
  }

  /// Time is counted by the pauses, not by the clock, which may jump.
  private <T> Looked<T> acquire(boolean exclusive, Predicate<LockFile> inTheWay, Supplier<T> look) {
    HangupSignal.ignore();
    return patiently(waited -> attempt(exclusive, inTheWay, look, waited));
  }

  private <T> T patiently(Function<Duration, T> attempt) {
    Duration waited = Duration.ZERO;
    while (true) {
      try {
        return attempt.apply(waited);
      } catch (RepositoryException e) {
        Duration left = wait.minus(waited);
        if (e.code() != FailureCode.LOCKED || ofTheDead(e) || !left.isPositive()) {
          throw e;
        }
        Duration pause = untilNextLook();
        pause = pause.compareTo(left) < 0 ? pause : left;
        pause(pause);
        waited = waited.plus(pause);
      }
    }
  }

  private <T> Looked<T> attempt(
      boolean exclusive, Predicate<LockFile> inTheWay, Supplier<T> look, Duration waited) {
    requireFree(inTheWay, withoutTheDead(files.all()), waited);
    Instant now = clock.instant();
    LockId id = files.save(new LockFile(now, exclusive, self));
    try {
      T seen = settle(look);
      Map<LockId, LockFile> others = files.all();
      others.remove(id);
      requireFree(inTheWay, others, waited);
      LockFile lock = new LockFile(now, exclusive, self);
      return new Looked<>(new HeldLock(files, id, lock, clock, timer), seen);
    } catch (RuntimeException | Error e) {
      files.discard(id, e);
      throw e;
    }
  }

  /// Removes the locks of processes that ran here and have ended; returns the others. One that
  /// somebody else has removed meanwhile is as good as removed by us.
  private Map<LockId, LockFile> withoutTheDead(Map<LockId, LockFile> all) {
    Map<LockId, LockFile> others = new LinkedHashMap<>(all);
    all.forEach((id, lock) -> {
      if (lock.surelyDead(self, processes)) {
        files.delete(id);
        others.remove(id);
      }
    });
    return others;
  }

  private <T> T settle(Supplier<T> look) {
    try (SideWork<T> looking = SideWork.start("firn-look", look)) {
      timer.pause(SETTLE);
      return looking.join();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void pause(Duration duration) {
    try {
      timer.pause(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private RepositoryException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RepositoryException(
        FailureCode.BACKEND,
        "interrupted while locking " + files.location() + ". Start again.",
        Map.of("location", files.location()),
        e);
  }

  private static Duration untilNextLook() {
    long half = LOOK_EVERY.toMillis() / 2;
    return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half));
  }

  private static boolean ofTheDead(RepositoryException locked) {
    return "true".equals(locked.context().get("stale"));
  }

  private void requireFree(
      Predicate<LockFile> inTheWay, Map<LockId, LockFile> others, Duration waited) {
    others.forEach((id, lock) -> {
      if (inTheWay.test(lock)) {
        throw locked(entry(id, lock, clock.instant()), waited);
      }
    });
  }

  private LockEntry entry(LockId id, LockFile lock, Instant now) {
    return new LockEntry(
        id,
        lock.time(),
        Duration.between(lock.time(), now),
        lock.exclusive(),
        lock.owner().hostname(),
        lock.owner().username(),
        lock.owner().pid(),
        lock.stale(now, self, processes));
  }

  private RepositoryException locked(LockEntry lock, Duration waited) {
    String message =
        "%s is locked%s by %s@%s (PID %d), refreshed %d s ago%s. %s"
            .formatted(
                files.location(),
                lock.exclusive() ? " exclusively" : "",
                lock.username(),
                lock.hostname(),
                lock.pid(),
                lock.age().toSeconds(),
                waited.isZero() ? "" : ", and still is after %d s".formatted(waited.toSeconds()),
                lock.stale() ? "Its owner is gone: unlock the repository." : "Wait for it to end.");
    return new RepositoryException(
        FailureCode.LOCKED,
        message,
        Map.of(
            "lock", lock.id().toString(),
            "hostname", lock.hostname(),
            "pid", Long.toString(lock.pid()),
            "age", lock.age().toString(),
            "stale", Boolean.toString(lock.stale())));
  }
}
