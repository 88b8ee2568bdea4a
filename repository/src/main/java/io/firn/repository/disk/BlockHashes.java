package io.firn.repository.disk;

import io.firn.repository.BlobList;
import io.firn.repository.Digest;
import io.firn.repository.crypto.Sha256;
import java.util.Arrays;
import java.util.Set;

/// The SHA-256 of each block of a disk, zeros until told otherwise; 32 bytes a block in one array.
/// Blocks may be set by several threads, each block once.
final class BlockHashes {
  private static final int HASH = 32;

  private final long diskBytes;
  private final int blockBytes;
  private final int blocks;

  /// Free room in front: the content list is made in place, and the first zero block may become
  /// several entries.
  private final int spare;

  private final byte[] hashes;
  private final byte[] zero = new byte[HASH];

  BlockHashes(long diskBytes, int blockBytes) {
    this.diskBytes = diskBytes;
    this.blockBytes = blockBytes;
    this.blocks = Math.toIntExact(Math.ceilDiv(diskBytes, (long) blockBytes));
    this.spare = Math.max(0, blockBytes / Zeros.SPARSE_TRIGGER_BYTES - 1);
    this.hashes = new byte[Math.multiplyExact(blocks + spare, HASH)];
    Zeros.id(blockBytes).digest().copyTo(zero, 0);
    for (int block = 0; block < blocks; block++) {
      System.arraycopy(zero, 0, hashes, at(block), HASH);
    }
    if (blocks > 0) {
      Zeros.id(length(blocks - 1)).digest().copyTo(hashes, at(blocks - 1));
    }
  }

  int blocks() {
    return blocks;
  }

  /// Bytes in a block: fewer in the last.
  int length(int block) {
    return (int) Math.min(blockBytes, diskBytes - (long) block * blockBytes);
  }

  /// Hashes a block into its place.
  Digest set(int block, byte[] bytes, int length, Sha256 sha) {
    sha.digestInto(bytes, 0, length, hashes, at(block));
    return Digest.of(hashes, at(block));
  }

  void set(int block, Digest hash) {
    hash.copyTo(hashes, at(block));
  }

  /// The block digest: SHA-256 over all hashes in order.
  Digest digest() {
    return new Sha256().digest(hashes, at(0), blocks * HASH);
  }

  /// The content list of a disk that is stored in blocks. Runs of zeros become few large zero
  /// blobs; the first half MiB of them is the blob that makes `restic restore --sparse` sparse.
  /// Ends the use of this object. The sizes of the zero blobs used are added to `zeroBlobs`.
  BlobList intoContent(Set<Integer> zeroBlobs) {
    int size = 0;
    boolean triggered = false;
    int block = 0;
    while (block < blocks) {
      long zeros = zeroRun(block);
      if (zeros == 0) {
        System.arraycopy(hashes, at(block), hashes, size++ * HASH, HASH);
        block++;
        continue;
      }
      boolean tail = length(block) < blockBytes;
      block += (int) Math.ceilDiv(zeros, (long) blockBytes);
      while (zeros > 0) {
        int blob = tail ? (int) zeros : zeroBlob(zeros, triggered);
        triggered |= blob == Zeros.SPARSE_TRIGGER_BYTES;
        zeroBlobs.add(blob);
        Zeros.id(blob).digest().copyTo(hashes, size++ * HASH);
        zeros -= blob;
      }
    }
    return new BlobList(hashes, size);
  }

  private static int zeroBlob(long zeros, boolean triggered) {
    if (!triggered && zeros >= Zeros.SPARSE_TRIGGER_BYTES) {
      return Zeros.SPARSE_TRIGGER_BYTES;
    }
    return (int) Math.min(Zeros.LARGEST_BYTES, Long.highestOneBit(zeros));
  }

  /// Bytes of whole zero blocks from `block` on, or of a short last block.
  private long zeroRun(int block) {
    if (length(block) < blockBytes) {
      return Zeros.id(length(block)).digest().equals(Digest.of(hashes, at(block)))
          ? length(block)
          : 0;
    }
    int end = block;
    while (end < blocks && length(end) == blockBytes && isZero(end)) {
      end++;
    }
    return (long) (end - block) * blockBytes;
  }

  private boolean isZero(int block) {
    int at = at(block);
    return Arrays.equals(hashes, at, at + HASH, zero, 0, HASH);
  }

  private int at(int block) {
    return (spare + block) * HASH;
  }
}
