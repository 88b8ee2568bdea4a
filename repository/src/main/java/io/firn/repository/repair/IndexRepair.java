package io.firn.repository.repair;

import io.firn.repository.PackId;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.blob.PackSaver;
import io.firn.repository.check.CheckListener;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexRewriter;
import io.firn.repository.index.IndexSaver;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.lock.RepositoryLocks;
import io.firn.repository.unpacked.UnpackedFiles;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes the index say what the packs hold. Under an exclusive lock, in an order that may be cut
/// anywhere: new packs, new indexes, then the damaged packs go, then the old indexes. Whoever runs
/// it again finishes it.
///
/// Damaged packs go before the old indexes: the other way round, a pack that lost its index and not
/// its life would be taken for a sound one by the next repair.
public final class IndexRepair {
  private final Backend backend;
  private final SecretKey key;
  private final UnpackedFiles files;
  private final RepositoryOptions options;

  public IndexRepair(
      Backend backend, SecretKey key, UnpackedFiles files, RepositoryOptions options) {
    this.backend = backend;
    this.key = key;
    this.files = files;
    this.options = options;
  }

  /// What a repair would do now. Takes no lock, changes nothing.
  public IndexRepairPlan plan(IndexRepairOptions wanted, CheckListener listener) {
    return new IndexRepairPlanner(backend, key, files, wanted, listener).plan();
  }

  public IndexRepairOutcome run(
      IndexRepairOptions wanted, RepositoryLocks locks, CheckListener listener) {
    try (HeldLock lock = locks.exclusive()) {
      return execute(plan(wanted, listener), wanted, lock);
    }
  }

  private IndexRepairOutcome execute(
      IndexRepairPlan plan, IndexRepairOptions wanted, HeldLock lock) {
    if (plan.nothingToDo()) {
      return new IndexRepairOutcome(plan, 0, 0);
    }
    requireDeletable(plan);
    lock.requireHeld();
    long bytesStored = salvage(plan, wanted.readAllData());
    int written = rewrite(plan);
    lock.requireHeld();
    IndexFiles indexes = new IndexFiles(backend, files);
    plan.damagedPacks().forEach(pack -> indexes.delete(handle(pack)));
    plan.replacedIndexes().forEach(indexes::delete);
    return new IndexRepairOutcome(plan, written, bytesStored);
  }

  /// Storage that protects a wrong index keeps it: a repair beside it would help nobody, so none is
  /// begun.
  private void requireDeletable(IndexRepairPlan plan) {
    Optional<ObjectLock> protection = backend.objectLock();
    if (protection.isPresent()) {
      IndexFiles indexes = new IndexFiles(backend, files);
      plan.replacedIndexes()
          .forEach(
              name -> indexes.requireDeletable(IndexFiles.handle(name), protection.get(), now()));
      plan.damagedPacks()
          .forEach(pack -> indexes.requireDeletable(handle(pack), protection.get(), now()));
    }
  }

  private Instant now() {
    return options.clock().instant();
  }

  private static FileHandle handle(PackState.Damaged pack) {
    return new FileHandle(FileType.PACK, pack.pack().toString());
  }

  /// Returns the bytes that were added. What other packs hold as well is not saved again, but only
  /// where all of them were read: what is merely listed may be damaged there.
  private long salvage(IndexRepairPlan plan, boolean allRead) {
    if (plan.blobsSaved() == 0) {
      return 0;
    }
    BlobIndex sound = allRead ? sound(plan) : new BlobIndex();
    IndexSaver saver = new IndexSaver(files, sound, options.clock());
    PackSaver packs = new PackSaver(backend, key, saver, options.packSizeBytes());
    try (BlobSaver blobs = new BlobSaver(key, options.compression(), sound, packs)) {
      new PackSalvage(backend, key, blobs).save(plan.damagedPacks());
      return blobs.bytesStored();
    }
  }

  private BlobIndex sound(IndexRepairPlan plan) {
    BlobIndex sound = new BlobIndex();
    plan.unlistedPacks().forEach(pack -> sound.add(pack.content()));
    Set<PackId> wrong = wrong(plan);
    IndexFiles indexes = new IndexFiles(backend, files);
    for (FileEntry file : indexes.list()) {
      indexes.read(file).orElse(List.of()).stream()
          .filter(pack -> !wrong.contains(pack.id()))
          .forEach(sound::add);
    }
    return sound;
  }

  /// What the old index files say rightly, and what they leave out, in new ones.
  private int rewrite(IndexRepairPlan plan) {
    IndexFiles indexes = new IndexFiles(backend, files);
    IndexRewriter rewriter = new IndexRewriter(files, wrong(plan));
    for (FileEntry file : indexes.list()) {
      if (plan.replacedIndexes().contains(IndexFiles.name(file))) {
        indexes.read(file).orElse(List.of()).forEach(rewriter::add);
      }
    }
    plan.unlistedPacks().forEach(pack -> rewriter.addAnew(pack.content()));
    return rewriter.finish();
  }

  /// The packs of which an old index says something that is not so.
  private static Set<PackId> wrong(IndexRepairPlan plan) {
    Set<PackId> wrong = new HashSet<>(plan.missingPacks());
    plan.damagedPacks().forEach(pack -> wrong.add(pack.pack()));
    plan.unlistedPacks().forEach(pack -> wrong.add(pack.pack()));
    return wrong;
  }
}
