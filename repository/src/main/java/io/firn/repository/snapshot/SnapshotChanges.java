package io.firn.repository.snapshot;

import io.firn.repository.BackendErrors;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.SnapshotId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.lock.RepositoryLocks;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Removes snapshots, and gives them other tags. Both touch snapshot files only, never a pack, and
/// so share the repository with running backups (decision 0015); `LOCKED` where a prune or a check
/// by restic excludes them.
///
/// Thread-safe. Killed between any two operations, neither loses a snapshot that it was not asked
/// to remove.
public final class SnapshotChanges {
  private final Backend backend;
  private final UnpackedFiles files;
  private final RepositoryLocks locks;
  private final InstantSource clock;

  public SnapshotChanges(
      Backend backend, UnpackedFiles files, RepositoryLocks locks, InstantSource clock) {
    this.backend = backend;
    this.files = files;
    this.locks = locks;
    this.clock = clock;
  }

  /// Until when the storage keeps a snapshot's file whatever anybody asks; empty where it can be
  /// removed now.
  public Optional<Instant> lockedUntil(SnapshotId id) {
    FileHandle handle = handle(id);
    try {
      if (backend.objectLock().isEmpty()) {
        return Optional.empty();
      }
      return backend
          .objectLock()
          .get()
          .lockedUntil(handle)
          .filter(until -> until.isAfter(clock.instant()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not ask for the protection of a file in", backend, handle.toString(), e);
    }
  }

  /// Removes snapshots, one file each. One that is not there counts as removed: somebody else was
  /// faster. One that the storage protects stays, and is named.
  public ForgetOutcome forget(Collection<SnapshotId> ids) {
    if (ids.isEmpty()) {
      return new ForgetOutcome(List.of(), Map.of());
    }
    List<SnapshotId> removed = new ArrayList<>();
    Map<SnapshotId, Instant> locked = new LinkedHashMap<>();
    try (HeldLock lock = locks.shared()) {
      for (SnapshotId id : new LinkedHashSet<>(ids)) {
        lock.requireFresh();
        Optional<Instant> until = lockedUntil(id);
        if (until.isPresent()) {
          locked.put(id, until.get());
        } else {
          delete(id);
          removed.add(id);
        }
      }
    }
    return new ForgetOutcome(removed, locked);
  }

  /// Gives a snapshot exactly these tags, as `restic tag` does: a new file that names the first
  /// version as its `original`, then the old one is removed. Killed in between, both are there.
  ///
  /// The lock is looked at before each step: the new file must be one that no prune has missed.
  /// Returns the new ID; empty where the snapshot is not there (any more).
  public Optional<SnapshotId> retag(SnapshotId id, List<String> tags) {
    try (HeldLock lock = locks.shared()) {
      Optional<byte[]> changed = retagged(id, tags);
      if (changed.isEmpty()) {
        return Optional.empty();
      }
      lock.requireHeld();
      SnapshotId fresh = new SnapshotId(files.save(FileType.SNAPSHOT, changed.get()));
      lock.requireHeld();
      if (lockedUntil(id).isEmpty()) {
        delete(id);
      }
      return Optional.of(fresh);
    }
  }

  /// Empty where the snapshot is not there.
  private Optional<byte[]> retagged(SnapshotId id, List<String> tags) {
    try {
      byte[] json = files.load(FileType.SNAPSHOT, id.digest());
      return Optional.of(SnapshotFile.retag(json, id, tags));
    } catch (RepositoryException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "%s in %s is damaged: %s. Run a check."
              .formatted(handle(id), backend.location(), e.getMessage()),
          Map.of("file", handle(id).toString()),
          e);
    }
  }

  private void delete(SnapshotId id) {
    try {
      backend.delete(handle(id));
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not remove a snapshot from", backend, handle(id).toString(), e);
    }
  }

  private static FileHandle handle(SnapshotId id) {
    return new FileHandle(FileType.SNAPSHOT, id.toString());
  }
}
