package io.firn.repository.disk;

import io.firn.repository.DiskTarget;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RestoreOutcome;
import io.firn.repository.TransferListener;
import io.firn.repository.blob.BlobLoader;
import io.firn.repository.pack.BlobType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Writes one disk back: workers take blobs in order, check each against its ID, and write it where
/// it belongs. Zero blobs are not even fetched.
public final class DiskRestorer {
  private final BlobLoader loader;
  private final BlobOffsets blobs;
  private final DiskTarget target;
  private final TransferListener listener;
  private final int workers;
  private final BlockDigest digest;
  private final AtomicInteger next = new AtomicInteger();
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
        blobs.sizeBytes(), bytesWritten.get(), bytesZero.get(), digest.finish());
  }

  private void work(Workers running) throws IOException {
    int blob = next.getAndIncrement();
    while (blob < blobs.blobs() && !running.stopped()) {
      restore(blob, running);
      blob = next.getAndIncrement();
    }
  }

  private void restore(int blob, Workers running) throws IOException {
    long offset = blobs.offset(blob);
    int length = blobs.length(blob);
    if (blobs.isZeros(blob)) {
      zero(offset, length);
      digest.zeros(blob, running);
    } else {
      byte[] plain = loader.load(BlobType.DATA, blobs.id(blob));
      if (Zeros.only(plain, 0, length)) {
        zero(offset, length);
      } else {
        target.write(offset, ByteBuffer.wrap(plain));
        bytesWritten.addAndGet(length);
      }
      digest.bytes(blob, plain, running);
    }
    listener.progress(offset + length, blobs.sizeBytes(), bytesWritten.get());
  }

  private void zero(long offset, int length) throws IOException {
    target.zero(offset, length);
    bytesZero.addAndGet(length);
  }
}
