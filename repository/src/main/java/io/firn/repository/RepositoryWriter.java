package io.firn.repository;

import io.firn.repository.backend.FileType;
import io.firn.repository.blob.BlobEncoder;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.disk.BlockSize;
import io.firn.repository.disk.DiskWriter;
import io.firn.repository.disk.Recognition;
import io.firn.repository.index.IndexSaver;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.lock.RepositoryLocks;
import io.firn.repository.pack.BlobType;
import io.firn.repository.protect.UsedFiles;
import io.firn.repository.seen.SeenBlocks;
import io.firn.repository.seen.SeenFiles;
import io.firn.repository.snapshot.Completeness;
import io.firn.repository.snapshot.SnapshotFile;
import io.firn.repository.tree.TreeSaver;
import io.firn.repository.unpacked.UnpackedFiles;
import java.util.List;

/// Adds to a repository under a shared lock, which gives way to a prune until a point is made
/// (decision 0037). Order of durability: packs, then index, then snapshot (format notes 1.11); what
/// a killed writer leaves is unreferenced and harmless, and is found again by the next one.
///
/// Thread-safe: several disks may be written at once. After a failure it accepts nothing more.
public final class RepositoryWriter implements AutoCloseable {
  /// Small files are cut, so that no blob is larger than restic likes to hold in memory.
  private static final int FILE_PIECE_BYTES = 1 << 20;

  private final BlobSaver saver;
  private final IndexSaver indexes;
  private final UnpackedFiles files;
  private final HeldLock lock;
  private final UsedFiles used;
  private final RepositoryReader reader;
  private final RepositoryLocks locks;
  private final Completeness completeness;
  private final SeenFiles seen;

  RepositoryWriter(
      BlobSaver saver,
      IndexSaver indexes,
      UnpackedFiles files,
      HeldLock lock,
      UsedFiles used,
      RepositoryReader reader,
      RepositoryLocks locks,
      Completeness completeness,
      SeenFiles seen) {
    this.saver = saver;
    this.indexes = indexes;
    this.reader = reader;
    this.files = files;
    this.lock = lock;
    this.used = used;
    this.locks = locks;
    this.completeness = completeness;
    this.seen = seen;
  }

  /// Reads what is stored and indexed, under this writer's lock and with its index.
  public RepositoryReader reader() {
    return reader;
  }

  /// Stores a disk. Changed ranges among the options are put to the proof first; what became of
  /// them is in the outcome, which is right either way.
  public DiskOutcome writeDisk(DiskSource source, DiskOptions options, TransferListener listener) {
    lock.requireFresh();
    boolean remembered = options.seenAs().isPresent() && options.changed().isEmpty();
    DiskOutcome outcome =
        remembered
            ? recognising(options.seenAs().get(), source, options, listener)
            : new DiskWriter(saver, source, options, new Recognition.None(), listener).write();
    used.content(outcome.file().content());
    return outcome;
  }

  private DiskOutcome recognising(
      String volume, DiskSource source, DiskOptions options, TransferListener listener) {
    long size = source.sizeBytes();
    int blockBytes = BlockSize.resolve(options.blockSizeBytes(), size);
    SeenBlocks blocks = seen.load(volume, size, blockBytes);
    Recognition recognition = new Recognition.Known(blocks, seen::newTagger);
    DiskOutcome outcome = new DiskWriter(saver, source, options, recognition, listener).write();
    seen.save(volume, blocks, size, blockBytes);
    return outcome;
  }

  /// Stores a small file (manifest, definition).
  public StoredFile writeFile(byte[] content) {
    int pieces = Math.ceilDiv(content.length, FILE_PIECE_BYTES);
    byte[] ids = new byte[32 * pieces];
    Sha256 sha = new Sha256();
    try (BlobEncoder encoder = saver.newEncoder()) {
      for (int piece = 0; piece < pieces; piece++) {
        int offset = piece * FILE_PIECE_BYTES;
        int length = Math.min(FILE_PIECE_BYTES, content.length - offset);
        BlobId id = new BlobId(sha.digest(content, offset, length));
        id.digest().copyTo(ids, 32 * piece);
        saver.save(BlobType.DATA, id, content, offset, length, encoder);
      }
    }
    BlobList blobs = new BlobList(ids);
    used.content(blobs);
    return new StoredFile(blobs, content.length);
  }

  /// Stores a folder; nodes may come in any order.
  public TreeId writeTree(List<Node> nodes) {
    TreeId id = new TreeSaver(saver).save(nodes);
    used.tree(new BlobId(id.digest()));
    return id;
  }

  /// Makes all that was written durable and findable (packs, then index), and keeps the old packs
  /// that it relies on protected where the storage protects.
  public void flush() {
    lock.requireFresh();
    saver.flush();
    used.protectPacks();
  }

  /// Flushes, then writes the snapshot: from here on the point exists. `LOCK_LOST` where our lock
  /// is gone, `PRUNED` where a prune has removed what the snapshot counts on.
  public SnapshotId writeSnapshot(Snapshot snapshot) {
    lock.requireFresh();
    saver.flush();
    locks.insist(lock);
    completeness.require(snapshot.tree(), indexes.written());
    used.protectPacks();
    used.protectFrame();
    lock.requireHeld();
    return new SnapshotId(files.save(FileType.SNAPSHOT, SnapshotFile.encode(snapshot)));
  }

  /// Bytes added so far by this writer, as stored.
  public long bytesStored() {
    return saver.bytesStored();
  }

  /// Releases the lock. Does not flush.
  @Override
  public void close() {
    try {
      saver.close();
    } finally {
      lock.close();
    }
  }
}
