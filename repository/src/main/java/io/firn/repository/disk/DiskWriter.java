package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.BlobList;
import io.firn.repository.ChangesOutcome;
import io.firn.repository.Digest;
import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.DiskSource;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.StoredFile;
import io.firn.repository.TransferListener;
import io.firn.repository.blob.BlobEncoder;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.pack.BlobType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// Stores one disk in fixed blocks: workers take blocks in order, skip holes and zeros, hash, and
/// save what is new. Memory: a few buffers a worker and 32 bytes a block.
public final class DiskWriter {
  private final BlobSaver saver;
  private final DiskSource source;
  private final TransferListener listener;
  private final DiskOptions options;
  private final Recognition recognition;
  private final int workers;
  private final int blockBytes;
  private final BlockHashes hashes;
  private final Optional<WorkAhead> ahead;
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesData = new AtomicLong();
  private final AtomicLong bytesNew = new AtomicLong();
  private final AtomicLong bytesStored = new AtomicLong();

  public DiskWriter(
      BlobSaver saver,
      DiskSource source,
      DiskOptions options,
      Recognition recognition,
      TransferListener listener) {
    this.saver = saver;
    this.recognition = recognition;
    this.source = source;
    this.listener = listener;
    this.options = options;
    this.workers = options.workers();
    this.blockBytes = BlockSize.resolve(options.blockSizeBytes(), source.sizeBytes());
    this.hashes = new BlockHashes(source.sizeBytes(), blockBytes);
    this.ahead = options.ahead().filter(work -> work.fits(source.sizeBytes(), blockBytes));
  }

  public DiskOutcome write() {
    ChangesOutcome changes;
    try {
      changes = read();
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.BACKEND,
          "could not read the disk: %s. Check the volume and start again."
              .formatted(e.getMessage()),
          Map.of(),
          e);
    } finally {
      options.ahead().ifPresent(WorkAhead::close);
    }
    Digest digest = hashes.digest();
    StoredFile file = new StoredFile(content(), source.sizeBytes());
    listener.progress(source.sizeBytes(), source.sizeBytes(), bytesStored.get());
    return new DiskOutcome(
        file,
        blockBytes,
        digest,
        bytesRead.get(),
        source.sizeBytes() - bytesData.get(),
        bytesNew.get(),
        bytesStored.get(),
        changes);
  }

  /// Everything that may be data; or, where changed ranges stand the proof, only that.
  private ChangesOutcome read() throws IOException {
    BitSet data = BlockCursor.touched(source.dataRanges(), blockBytes);
    if (options.changed().isEmpty()) {
      read(data);
      return new ChangesOutcome.NotGiven();
    }
    ChangesTrial trial = new ChangesTrial(source, saver, hashes, blockBytes, workers);
    ChangesTrial.Verdict verdict = trial.run(options.changed().get(), data);
    bytesRead.addAndGet(trial.bytesRead());
    if (verdict.accepted().isPresent()) {
      keep(verdict.accepted().get());
      read(verdict.accepted().get().read());
    } else {
      read(data);
    }
    return verdict.outcome();
  }

  private void read(BitSet blocks) throws IOException {
    options.ahead().ifPresent(WorkAhead::close);
    BlockCursor cursor = new BlockCursor(blocks);
    Workers.run("firn-disk", workers, running -> work(cursor, running));
  }

  private void keep(ChangesTrial.Accepted accepted) {
    BitSet keep = accepted.keep();
    for (int block = keep.nextSetBit(0); block >= 0; block = keep.nextSetBit(block + 1)) {
      if (!accepted.parent().isZero(block)) {
        hashes.set(block, accepted.parent().hash(block));
        bytesData.addAndGet(hashes.length(block));
      }
    }
  }

  private void work(BlockCursor cursor, Workers running) throws IOException {
    byte[] block = new byte[blockBytes];
    Sha256 sha = new Sha256();
    Recognition.Eye eye = recognition.newEye();
    try (BlobEncoder encoder = saver.newEncoder()) {
      int next = cursor.next();
      while (next >= 0 && !running.stopped()) {
        store(next, block, sha, eye, encoder);
        next = cursor.next();
      }
    }
  }

  /// Whether the block was read ahead and there is nothing of it to store any more.
  private boolean doneAhead(int number, int length, BlobEncoder encoder) {
    if (ahead.isEmpty()) {
      return false;
    }
    return switch (ahead.get()) {
      case HashesAhead hashed -> hashed.has(number) && done(number, length, hashed.hash(number));
      case BlocksAhead prepared ->
          prepared.take(number).map(block -> done(number, length, block, encoder)).orElse(false);
    };
  }

  /// Of a block with that hash, or of zeros.
  private boolean done(int number, int length, Optional<Digest> hash) {
    if (hash.isEmpty()) {
      return true;
    }
    boolean stored = isStored(hash.get());
    if (stored) {
      hashes.set(number, hash.get());
      bytesData.addAndGet(length);
    }
    return stored;
  }

  private boolean done(int number, int length, BlocksAhead.Block block, BlobEncoder encoder) {
    if (block.blob().isPresent()) {
      BlocksAhead.Blob blob = block.blob().get();
      hashes.set(number, blob.id().digest());
      bytesData.addAndGet(length);
      count(length, saver.save(blob.id(), blob.compressed(), encoder));
    }
    return true;
  }

  private boolean isStored(Digest hash) {
    return saver.known(BlobType.DATA, new BlobId(hash));
  }

  private void store(int number, byte[] block, Sha256 sha, Recognition.Eye eye, BlobEncoder encoder)
      throws IOException {
    int length = hashes.length(number);
    long offset = (long) number * blockBytes;
    bytesRead.addAndGet(length);
    if (!doneAhead(number, length, encoder)) {
      source.read(offset, ByteBuffer.wrap(block, 0, length));
      if (!Zeros.only(block, 0, length)) {
        bytesData.addAndGet(length);
        Optional<Digest> seen = eye.recognise(number, block, length).filter(this::isStored);
        if (seen.isPresent()) {
          hashes.set(number, seen.get());
        } else {
          Digest hash = hashes.set(number, block, length, sha);
          eye.remember(number, hash);
          save(new BlobId(hash), block, length, encoder);
        }
      }
    }
    listener.progress(offset + length, source.sizeBytes(), bytesStored.get());
  }

  /// Zero blobs are ordinary blobs to every other reader, so they are stored, too. They are no new
  /// data: what a disk brings is counted without them.
  private BlobList content() {
    Set<Integer> zeroSizes = new TreeSet<>();
    BlobList content = hashes.intoContent(zeroSizes);
    if (!zeroSizes.isEmpty()) {
      byte[] zeros = new byte[zeroSizes.stream().mapToInt(size -> size).max().orElse(0)];
      try (BlobEncoder encoder = saver.newEncoder()) {
        for (int size : zeroSizes) {
          bytesStored.addAndGet(saver.save(BlobType.DATA, Zeros.id(size), zeros, 0, size, encoder));
        }
      }
    }
    return content;
  }

  private void save(BlobId id, byte[] bytes, int length, BlobEncoder encoder) {
    count(length, saver.save(BlobType.DATA, id, bytes, 0, length, encoder));
  }

  private void count(int length, long stored) {
    if (stored > 0) {
      bytesNew.addAndGet(length);
      bytesStored.addAndGet(stored);
    }
  }
}
