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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Writes one disk back: workers take windows of blobs in order, fetch each window with few reads,
/// check each blob against its ID, and write it where it belongs. Zero blobs are not even fetched.
/// Memory: a window, sealed and plain, for each worker.
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
      target.expect(blobs.data());
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
    RunBuffer run = new RunBuffer(target);
    try (BlobBatch batch = loader.newBatch()) {
      BlobWindow window = cursor.next();
      while (window.count() > 0 && !running.stopped()) {
        restore(window, batch, run, running);
        window = cursor.next();
      }
    }
  }

  private void restore(BlobWindow window, BlobBatch batch, RunBuffer run, Workers running)
      throws IOException {
    List<BlobId> wanted = new ArrayList<>(window.count());
    int plainBytes = 0;
    for (int blob = window.first(); blob < window.end(); blob++) {
      if (!blobs.isZeros(blob)) {
        wanted.add(blobs.id(blob));
        plainBytes += blobs.length(blob);
      }
    }
    batch.fetch(wanted);
    run.reserve(plainBytes);
    int fetched = 0;
    for (int blob = window.first(); blob < window.end() && !running.stopped(); blob++) {
      if (blobs.isZeros(blob)) {
        digest.zeros(blob, running);
        run.zeros(blobs.offset(blob), blobs.length(blob));
      } else {
        int length = batch.decode(fetched++, run.bytes(), run.end());
        digest.bytes(blob, run.bytes(), run.end(), length, running);
        run.add(blobs.offset(blob), length);
      }
    }
    run.flush();
    bytesWritten.addAndGet(run.takeBytesWritten());
    bytesZero.addAndGet(run.takeBytesZero());
    int last = window.end() - 1;
    listener.progress(
        blobs.offset(last) + blobs.length(last), blobs.sizeBytes(), bytesWritten.get());
  }
}
