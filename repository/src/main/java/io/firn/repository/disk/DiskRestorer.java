package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.DiskTarget;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RestoreOutcome;
import io.firn.repository.TransferListener;
import io.firn.repository.blob.BlobBatch;
import io.firn.repository.blob.BlobLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Writes one disk back: workers take windows of blobs in order, fetch each window with few reads,
/// check each blob against its ID, and write it where it belongs. Zero blobs are not even fetched.
/// Memory: a window, sealed, and one blob for each worker.
public final class DiskRestorer {
  private final BlobLoader loader;
  private final BlobOffsets blobs;
  private final DiskTarget target;
  private final TransferListener listener;
  private final int workers;
  private final BlockDigest digest;
  private final WindowCursor cursor;
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong bytesZero = new AtomicLong();

  public DiskRestorer(
      BlobLoader loader,
      BlobOffsets blobs,
      DiskTarget target,
      int blockSizeBytes,
      int workers,
      TransferListener listener) {
    this.loader = loader;
    this.blobs = blobs;
    this.target = target;
    this.listener = listener;
    this.workers = workers;
    this.cursor = new WindowCursor(blobs);
    this.digest = BlockDigest.over(blobs, BlockSize.resolve(blockSizeBytes, blobs.sizeBytes()));
  }

  public RestoreOutcome restore() {
    try {
      target.begin(blobs.sizeBytes());
      Workers.run("firn-restore", workers, this::work);
      target.finish();
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.BACKEND,
          "could not write the disk: %s. Check the target and start again."
              .formatted(e.getMessage()),
          Map.of(),
          e);
    }
    listener.progress(blobs.sizeBytes(), blobs.sizeBytes(), bytesWritten.get());
    return new RestoreOutcome(
        blobs.sizeBytes(),
        bytesWritten.get(),
        bytesZero.get(),
        digest.finish(),
        loader.damagedPacks());
  }

  private void work(Workers running) throws IOException {
    byte[] plain = new byte[0];
    try (BlobBatch batch = loader.newBatch()) {
      BlobWindow window = cursor.next();
      while (window.count() > 0 && !running.stopped()) {
        plain = restore(window, batch, plain, running);
        window = cursor.next();
      }
    }
  }

  /// Returns the buffer, which may have become larger.
  private byte[] restore(BlobWindow window, BlobBatch batch, byte[] plain, Workers running)
      throws IOException {
    List<BlobId> wanted = new ArrayList<>(window.count());
    byte[] room = plain;
    for (int blob = window.first(); blob < window.end(); blob++) {
      if (!blobs.isZeros(blob)) {
        wanted.add(blobs.id(blob));
        room = room.length < blobs.length(blob) ? new byte[blobs.length(blob)] : room;
      }
    }
    batch.fetch(wanted);
    int fetched = 0;
    for (int blob = window.first(); blob < window.end() && !running.stopped(); blob++) {
      if (blobs.isZeros(blob)) {
        zero(blobs.offset(blob), blobs.length(blob));
        digest.zeros(blob, running);
      } else {
        write(blob, batch.decode(fetched++, room), room, running);
      }
      listener.progress(
          blobs.offset(blob) + blobs.length(blob), blobs.sizeBytes(), bytesWritten.get());
    }
    return room;
  }

  private void write(int blob, int length, byte[] plain, Workers running) throws IOException {
    if (Zeros.only(plain, 0, length)) {
      zero(blobs.offset(blob), length);
    } else {
      target.write(blobs.offset(blob), ByteBuffer.wrap(plain, 0, length));
      bytesWritten.addAndGet(length);
    }
    digest.bytes(blob, plain, length, running);
  }

  private void zero(long offset, int length) throws IOException {
    target.zero(offset, length);
    bytesZero.addAndGet(length);
  }
}
