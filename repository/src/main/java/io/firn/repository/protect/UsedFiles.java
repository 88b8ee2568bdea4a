package io.firn.repository.protect;

import io.firn.repository.BlobId;
import io.firn.repository.BlobList;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.BlobLocation;
import io.firn.repository.pack.BlobType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Which old files the work of one writer relies on, and their protection: a snapshot that counts
/// on a pack must not outlive the pack's lock. New files are locked long enough when they are
/// saved.
///
/// Does nothing where the storage has no lock. Thread-safe.
public final class UsedFiles {
  private final Backend backend;
  private final BlobIndex index;
  private final BooleanSupplier indexReplaced;
  private final Optional<LockExtension> extension;
  private final Set<PackId> old;
  private final List<BlobList> contents = new ArrayList<>();
  private final List<BlobId> trees = new ArrayList<>();
  private final Set<FileHandle> done = new HashSet<>();

  /// `indexReplaced` tells whether a prune has replaced index files that `index` was read from.
  public UsedFiles(
      Backend backend, BlobIndex index, BooleanSupplier indexReplaced, InstantSource clock) {
    this.backend = backend;
    this.index = index;
    this.indexReplaced = indexReplaced;
    this.extension = backend.objectLock().map(lock -> new LockExtension(backend, lock, clock));
    this.old = extension.isPresent() ? Set.copyOf(index.packs()) : Set.of();
  }

  /// A file's blobs are part of what is written.
  public synchronized void content(BlobList blobs) {
    if (extension.isPresent()) {
      contents.add(blobs);
    }
  }

  /// A folder is part of what is written.
  public synchronized void tree(BlobId id) {
    if (extension.isPresent()) {
      trees.add(id);
    }
  }

  /// Protects the packs that were used so far and were there before. To be called after a flush:
  /// before, some blobs have no pack yet. `PRUNED` where a prune has taken one of them.
  public synchronized void protectPacks() {
    if (extension.isPresent()) {
      Set<PackId> used = new LinkedHashSet<>();
      for (BlobList blobs : contents) {
        for (int i = 0; i < blobs.size(); i++) {
          use(BlobType.DATA, blobs.get(i), used);
        }
      }
      trees.forEach(id -> use(BlobType.TREE, id, used));
      used.retainAll(old);
      List<FileHandle> packs =
          used.stream().map(id -> new FileHandle(FileType.PACK, id.toString())).toList();
      extendPacks(extension.get(), packs);
      contents.clear();
      trees.clear();
    }
  }

  /// Protects what every snapshot needs besides: config, keys, and all indexes, since any of them
  /// may be the one that lists a pack.
  public synchronized void protectFrame() {
    if (extension.isPresent()) {
      List<FileHandle> files = new ArrayList<>(List.of(FileHandle.CONFIG));
      for (FileType type : List.of(FileType.KEY, FileType.INDEX)) {
        files.addAll(extension.get().list(type));
      }
      extend(extension.get(), files);
    }
  }

  private void use(BlobType type, BlobId id, Set<PackId> used) {
    Optional<BlobLocation> location = index.find(type, id);
    if (location.isEmpty()) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "blob %s is used by what was just written and is in no index of %s. Write it again."
              .formatted(id, backend.location()),
          java.util.Map.of("blob", id.toString()));
    }
    used.add(location.get().pack());
  }

  /// A pack that is missing is no damage where a prune was there: what was needed of it lies in
  /// another pack now, and what was not has gone.
  private void extendPacks(LockExtension by, List<FileHandle> packs) {
    try {
      extend(by, packs);
    } catch (RepositoryException e) {
      if (e.code() == FailureCode.CORRUPT && indexReplaced.getAsBoolean()) {
        throw new RepositoryException(
            FailureCode.PRUNED,
            "a prune took %s out of %s, which this counted on. Nothing is damaged; start again."
                .formatted(e.context().getOrDefault("file", "a pack"), backend.location()),
            e.context(),
            e);
      }
      throw e;
    }
  }

  private void extend(LockExtension by, List<FileHandle> files) {
    List<FileHandle> rest = files.stream().filter(file -> !done.contains(file)).toList();
    by.extend(rest);
    done.addAll(rest);
  }
}
