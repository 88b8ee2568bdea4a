package io.firn.repository.disk;

import io.firn.repository.Digest;
import io.firn.repository.crypto.Sha256;

/// The block digest of a disk (docs/decisions/0003) while its blobs come in from several workers.
sealed interface BlockDigest {
  /// Blocks that were stored as blobs have their hashes already; any other cut of the disk,
  /// restic's own for one, has to be hashed again in order.
  static BlockDigest over(BlobOffsets blobs, int blockBytes) {
    return AlignedDigest.fits(blobs, blockBytes)
        ? new AlignedDigest(blobs, blockBytes)
        : new StreamedDigest(blobs, blockBytes);
  }

  /// The blob is zeros.
  void zeros(int blob, Workers running);

  /// The blob is `length` of these bytes from `offset`, which are known to match its ID.
  void bytes(int blob, byte[] plain, int offset, int length, Workers running);

  /// After all blobs.
  Digest finish();

  /// Blobs are blocks, or zeros that do not cut a block in two otherwise.
  final class AlignedDigest implements BlockDigest {
    private final BlobOffsets blobs;
    private final int blockBytes;
    private final BlockHashes hashes;

    AlignedDigest(BlobOffsets blobs, int blockBytes) {
      this.blobs = blobs;
      this.blockBytes = blockBytes;
      this.hashes = new BlockHashes(blobs.sizeBytes(), blockBytes);
    }

    static boolean fits(BlobOffsets blobs, int blockBytes) {
      for (int blob = 0; blob < blobs.blobs(); blob++) {
        long begin = blobs.offset(blob);
        long end = begin + blobs.length(blob);
        boolean startsBlock = begin % blockBytes == 0;
        boolean endsBlock = end % blockBytes == 0 || end == blobs.sizeBytes();
        boolean oneBlock = startsBlock && endsBlock && end - begin <= blockBytes;
        if (!oneBlock
            && !(blobs.isZeros(blob) && zerosAround(blobs, blob, startsBlock, endsBlock))) {
          return false;
        }
      }
      return true;
    }

    /// Where zeros begin or end within a block, the rest of the block must be zeros, too.
    private static boolean zerosAround(
        BlobOffsets blobs, int blob, boolean startsBlock, boolean endsBlock) {
      return (startsBlock || blobs.isZeros(blob - 1)) && (endsBlock || blobs.isZeros(blob + 1));
    }

    @Override
    public void zeros(int blob, Workers running) {}

    @Override
    public void bytes(int blob, byte[] plain, int offset, int length, Workers running) {
      hashes.set((int) (blobs.offset(blob) / blockBytes), blobs.id(blob).digest());
    }

    @Override
    public Digest finish() {
      return hashes.digest();
    }
  }

  /// Blobs of any size: hashed again, one after the other. A worker whose turn has not come waits.
  final class StreamedDigest implements BlockDigest {
    private final int blockBytes;
    private final BlobOffsets blobs;
    private final Sha256 block = new Sha256();
    private final Sha256 all = new Sha256();
    private int filled;
    private int turn;

    StreamedDigest(BlobOffsets blobs, int blockBytes) {
      this.blobs = blobs;
      this.blockBytes = blockBytes;
    }

    @Override
    public void zeros(int blob, Workers running) {
      int length = blobs.length(blob);
      bytes(blob, new byte[length], 0, length, running);
    }

    @Override
    public synchronized void bytes(
        int blob, byte[] plain, int offset, int length, Workers running) {
      awaitTurn(blob, running);
      int done = 0;
      while (done < length) {
        int piece = Math.min(length - done, blockBytes - filled);
        block.update(plain, offset + done, piece);
        done += piece;
        filled += piece;
        if (filled == blockBytes) {
          endBlock();
        }
      }
      turn++;
      notifyAll();
    }

    @Override
    public synchronized Digest finish() {
      if (filled > 0) {
        endBlock();
      }
      return all.finish();
    }

    private void endBlock() {
      byte[] hash = new byte[32];
      block.finish().copyTo(hash, 0);
      all.update(hash, 0, hash.length);
      filled = 0;
    }

    /// Wakes up now and then to see whether another worker has failed.
    private synchronized void awaitTurn(int blob, Workers running) {
      try {
        while (turn != blob && !running.stopped()) {
          wait(100);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("a worker of a restore was interrupted", e);
      }
    }
  }
}
