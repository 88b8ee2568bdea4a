package io.firn.repository.lock;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lock that we hold, refreshed until it is closed. Thread-safe.
public final class HeldLock implements AutoCloseable {
  /// restic's period.
  static final Duration REFRESH_EVERY = Duration.ofMinutes(5);

  /// Well before others may call the lock stale: one and a half periods of safety.
  static final Duration LOST_AFTER =
      LockFile.STALE_AFTER.minus(REFRESH_EVERY.multipliedBy(3).dividedBy(2));

  private final LockFiles files;
  private final InstantSource clock;
  private final LockTimer.Running refreshing;
  private final Instant begun;

  /// Lock files of ours that are to go, and could not be removed so far.
  private final Set<LockId> leftovers = new LinkedHashSet<>();

  private LockId id;
  private LockFile lock;
  private boolean removed;
  private @Nullable Throwable lastFailure;

  HeldLock(LockFiles files, LockId id, LockFile lock, InstantSource clock, LockTimer timer) {
    this.files = files;
    this.id = id;
    this.lock = lock;
    this.begun = lock.time();
    this.clock = clock;
    this.refreshing = timer.every(REFRESH_EVERY, this::refresh);
  }

  /// `LOCK_LOST` where the lock was not refreshed in time. Cheap: looks at the clock only.
  public synchronized void requireFresh() {
    if (removed) {
      throw removed();
    }
    Duration age = Duration.between(lock.time(), clock.instant());
    if (age.compareTo(LOST_AFTER) > 0) {
      throw lost("was not refreshed for " + age.toMinutes() + " minutes");
    }
  }

  /// As [#requireFresh], and looks whether the lock is still there.
  public synchronized void requireHeld() {
    requireFresh();
    if (!files.exists(id)) {
      throw removed();
    }
  }

  /// Lets writers in again, and still keeps out whoever wants to be alone. Never the other way: a
  /// lock that is to become exclusive is released and taken anew.
  public synchronized void share() {
    requireHeld();
    replace(new LockFile(clock.instant(), false, lock.owner()));
  }

  /// From here on a prune may take packs out of the index that were marked before this lock was
  /// taken (decision 0037). Whoever says this looks whether all is there, under a lock that does
  /// not give way ([RepositoryLocks#insist]), before he makes a point. Only for shared locks.
  public synchronized void giveWay() {
    requireHeld();
    replace(new LockFile(clock.instant(), false, lock.owner(), Optional.of(begun)));
  }

  synchronized void refresh() {
    if (removed) {
      return;
    }
    try {
      replace(lock.refreshed(clock.instant()));
    } catch (RuntimeException | Error e) {
      // Tried again in five minutes; requireFresh() speaks up once that has failed for too long. A
      // timer runs nothing again that has thrown.
      lastFailure = e;
    }
  }

  /// Writes a new lock file, then removes the old one: there is never a moment without. Where the
  /// old one is gone, somebody may have locked and worked since: then the new one must not hide it.
  private void replace(LockFile renewed) {
    LockId fresh = files.save(renewed);
    leftovers.add(fresh);
    if (!files.exists(id)) {
      RepositoryException lost = removed();
      files.discard(fresh, lost);
      throw lost;
    }
    leftovers.remove(fresh);
    leftovers.add(id);
    id = fresh;
    lock = renewed;
    lastFailure = null;
    removeLeftovers();
  }

  private void removeLeftovers() {
    for (LockId left : List.copyOf(leftovers)) {
      files.delete(left);
      leftovers.remove(left);
    }
  }

  /// Ends refreshing and removes the lock.
  @Override
  public void close() {
    refreshing.close();
    synchronized (this) {
      leftovers.add(id);
      removeLeftovers();
    }
  }

  private RepositoryException removed() {
    removed = true;
    return lost("was removed by somebody");
  }

  private RepositoryException lost(String how) {
    String message =
        "our lock on %s %s, so somebody else may work there now. Start again."
            .formatted(files.location(), how);
    Map<String, String> context = Map.of("lock", id.toString(), "location", files.location());
    return lastFailure == null
        ? new RepositoryException(FailureCode.LOCK_LOST, message, context)
        : new RepositoryException(FailureCode.LOCK_LOST, message, context, lastFailure);
  }
}
