package io.firn.repository;

import io.firn.repository.backend.Backend;
import io.firn.repository.blob.BlobLoader;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.blob.PackSaver;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckOptions;
import io.firn.repository.check.CheckReport;
import io.firn.repository.check.RepositoryCheck;
import io.firn.repository.config.RepositoryConfig;
import io.firn.repository.crypto.BlockTagger;
import io.firn.repository.crypto.Sealing;
import io.firn.repository.disk.FirstUse;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexLoader;
import io.firn.repository.index.IndexSaver;
import io.firn.repository.key.KeyFiles;
import io.firn.repository.key.KeyMemory;
import io.firn.repository.key.KeyRehearsal;
import io.firn.repository.key.OpenKey;
import io.firn.repository.key.RepositoryKeys;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.lock.Looked;
import io.firn.repository.lock.ProcessIdentity;
import io.firn.repository.lock.ProcessTable;
import io.firn.repository.lock.RepositoryLocks;
import io.firn.repository.protect.UsedFiles;
import io.firn.repository.prune.PruneListener;
import io.firn.repository.prune.PruneOptions;
import io.firn.repository.prune.PruneOutcome;
import io.firn.repository.prune.PrunePlan;
import io.firn.repository.prune.PruneRun;
import io.firn.repository.repair.IndexRepair;
import io.firn.repository.repair.IndexRepairOptions;
import io.firn.repository.repair.IndexRepairOutcome;
import io.firn.repository.repair.IndexRepairPlan;
import io.firn.repository.seen.SeenFiles;
import io.firn.repository.snapshot.Completeness;
import io.firn.repository.snapshot.ForgetOutcome;
import io.firn.repository.snapshot.SnapshotChanges;
import io.firn.repository.snapshot.SnapshotFiles;
import io.firn.repository.unpacked.UnpackedFiles;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// An open repository. Thread-safe. Errors are [RepositoryException].
public final class Repository implements AutoCloseable {
  private final Backend backend;
  private final RepositoryOptions options;
  private final OpenKey key;
  private final RepositoryConfig config;
  private final UnpackedFiles files;

  Repository(Backend backend, RepositoryOptions options, OpenKey key, RepositoryConfig config) {
    this.backend = backend;
    this.options = options;
    this.key = key;
    this.config = config;
    this.files = new UnpackedFiles(backend, key.master());
  }

  /// Makes a new repository; `ALREADY_EXISTS` where one is, or is left of one. An init that was
  /// killed is started over.
  public static Repository init(Backend backend, Password password) {
    return init(backend, password, RepositoryOptions.DEFAULT);
  }

  public static Repository init(Backend backend, Password password, RepositoryOptions options) {
    RepositoryOpening opening = new RepositoryOpening(backend, options);
    opening.init(password);
    return opening.open(password);
  }

  /// Opens: `ABSENT`, `NOT_A_REPOSITORY`, `UNSUPPORTED_VERSION`, `WRONG_PASSWORD` say why not.
  public static Repository open(Backend backend, Password password) {
    return open(backend, password, RepositoryOptions.DEFAULT);
  }

  public static Repository open(Backend backend, Password password, RepositoryOptions options) {
    return new RepositoryOpening(backend, options).open(password);
  }

  /// As the other; a key that the memory recalls spares the work of trying the password.
  public static Repository open(
      Backend backend, Password password, RepositoryOptions options, KeyMemory memory) {
    return new RepositoryOpening(backend, options).open(password, memory);
  }

  /// Does what opening a repository for the first time in a process would wait for, for a process
  /// that has something else to do before; on a thread of its own. Takes about a tenth of a second.
  public static void prepareOpen() {
    KeyRehearsal.run();
  }

  /// Does what the first disk of a process that is stored would wait for: loads and links functions
  /// outside of Java. All of it is done on first use anyway; a process that lives for one disk
  /// gains a tenth of a second or two by doing it on the side.
  public static void prepareWrite() {
    FirstUse.prepareWrite();
  }

  /// As [#prepareWrite], for a disk that is restored.
  public static void prepareRestore() {
    FirstUse.prepareRestore();
  }

  /// Whether [DiskOptions#seenAs] pays on this processor: without its help, recognising a block
  /// takes as long as hashing it.
  public static boolean recognisesFast() {
    return BlockTagger.isFast();
  }

  /// Seals things that belong to the repository and are kept outside it; the caller closes it.
  public Sealing sealing() {
    return new Sealing(key.master().copy());
  }

  /// The key file that this repository was opened with.
  public KeyId keyId() {
    return key.id();
  }

  /// The repository's ID: 64 hex digits from its config.
  public String id() {
    return config.id();
  }

  /// All snapshots, oldest first. Unreadable ones are `CORRUPT` and named.
  public List<StoredSnapshot> snapshots() {
    return new SnapshotFiles(backend, files).all();
  }

  /// One snapshot; empty where it is not there.
  public Optional<StoredSnapshot> snapshot(SnapshotId id) {
    return new SnapshotFiles(backend, files).find(id);
  }

  /// A reader over the index as it is now.
  public RepositoryReader reader() {
    return readerOver(new IndexLoader(backend, files).load());
  }

  private RepositoryReader readerOver(BlobIndex index) {
    return new RepositoryReader(new BlobLoader(backend, key.master(), index));
  }

  /// A writer under a shared lock that is refreshed until the writer is closed; `LOCKED` where an
  /// exclusive lock is held, and still is after [RepositoryOptions#lockWait].
  public RepositoryWriter writer() {
    RepositoryLocks locks = locks();
    Looked<LoadedIndex> looked = locks.sharedWhile(this::loadIndex);
    HeldLock lock = looked.lock();
    BlobIndex index = looked.seen().index();
    Completeness completeness = looked.seen().completeness();
    try {
      lock.giveWay();
      IndexSaver indexSaver = new IndexSaver(files, index, options.clock());
      PackSaver packs = new PackSaver(backend, key.master(), indexSaver, options.packSizeBytes());
      BlobSaver saver = new BlobSaver(key.master(), options.compression(), index, packs);
      return new RepositoryWriter(
          saver,
          indexSaver,
          files,
          lock,
          new UsedFiles(backend, index, completeness::isIndexReplaced, options.clock()),
          readerOver(index),
          locks,
          completeness,
          new SeenFiles(backend, key.master(), options.clock()));
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private record LoadedIndex(BlobIndex index, Completeness completeness) {}

  private LoadedIndex loadIndex() {
    BlobIndex index = new BlobIndex();
    Completeness completeness = new Completeness(backend, files, index, this::readerOver);
    new IndexLoader(backend, files).each(index::add);
    return new LoadedIndex(index, completeness);
  }

  /// Removes snapshots, under a shared lock. What they alone referred to goes with the next prune.
  public ForgetOutcome forget(Collection<SnapshotId> ids) {
    return snapshotChanges().forget(ids);
  }

  /// Gives a snapshot other tags: a new file takes its place. Returns the new ID; empty where the
  /// snapshot is gone.
  public Optional<SnapshotId> retag(SnapshotId id, List<String> tags) {
    return snapshotChanges().retag(id, tags);
  }

  /// Until when the storage keeps a snapshot's file; empty where it can be removed now.
  public Optional<Instant> lockedUntil(SnapshotId id) {
    return snapshotChanges().lockedUntil(id);
  }

  private SnapshotChanges snapshotChanges() {
    return new SnapshotChanges(backend, files, locks(), options.clock());
  }

  /// The locks on this repository.
  public RepositoryLocks locks() {
    return new RepositoryLocks(
            backend,
            files,
            options.clock(),
            options.lockTimer(),
            ProcessIdentity.current(),
            ProcessTable.SYSTEM)
        .waiting(options.lockWait());
  }

  /// The keys, that is passwords, of this repository.
  public RepositoryKeys keys() {
    return new RepositoryKeys(
        new KeyFiles(backend), key, options.kdfCost(), options.clock(), locks());
  }

  /// As the other, of all packs.
  public CheckReport check(CheckDepth depth, CheckListener listener) {
    return check(CheckOptions.of(depth), listener);
  }

  /// Checks the repository: takes no lock, changes nothing, throws only where the backend fails.
  /// What is damaged, which files of which snapshots are hurt, and which snapshots are whole, is in
  /// the report.
  public CheckReport check(CheckOptions checked, CheckListener listener) {
    return new RepositoryCheck(backend, key.master(), files, checked, listener)
        .run(this::readerOver);
  }

  /// What a repair of the index would do now. Takes no lock, changes nothing.
  public IndexRepairPlan planIndexRepair(IndexRepairOptions wanted, CheckListener listener) {
    return indexRepair().plan(wanted, listener);
  }

  /// Makes the index say what the packs hold, alone in the repository (`LOCKED` where somebody
  /// works there). Blobs that are lost leave the index, so that the next backup stores them again.
  public IndexRepairOutcome repairIndex(IndexRepairOptions wanted, CheckListener listener) {
    return indexRepair().run(wanted, locks(), listener);
  }

  private IndexRepair indexRepair() {
    return new IndexRepair(backend, key.master(), files, options);
  }

  /// What [#prune] would do now. Takes no lock, changes nothing.
  public PrunePlan prunePlan(PruneOptions prune, PruneListener listener) {
    return pruneRun(prune, listener).plan();
  }

  /// Frees what no snapshot needs. `CORRUPT` where it cannot be told what is needed: nothing is
  /// deleted then. May be stopped at any moment; the next one goes on.
  public PruneOutcome prune(PruneOptions prune, PruneListener listener) {
    return pruneRun(prune, listener).run();
  }

  private PruneRun pruneRun(PruneOptions prune, PruneListener listener) {
    return new PruneRun(
        backend,
        key.master(),
        files,
        locks(),
        options.clock(),
        options.packSizeBytes(),
        this::readerOver,
        prune,
        listener);
  }

  /// Overwrites the master key: readers, writers and locks of this repository end before it.
  @Override
  public void close() {
    key.master().close();
    backend.close();
  }
}
