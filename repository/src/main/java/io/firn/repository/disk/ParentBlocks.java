package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.BlobList;
import io.firn.repository.ByteRange;
import io.firn.repository.ChangedRanges;
import io.firn.repository.Digest;
import io.firn.repository.ParentDisk;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.pack.BlobType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The blocks of a stored disk, taken from its content list, which names them as blobs and runs of
/// zeros as larger ones. 4 bytes a block: where its ID stands in the list.
///
/// The list alone says how the disk was cut: a blob that is gone from the index is a block that has
/// to be read, not a reason to give up.
final class ParentBlocks {
  private static final int ZERO = -1;
  private static final int GONE = -2;

  private final BlobList content;
  private final int[] positions;

  private ParentBlocks(BlobList content, int[] positions) {
    this.content = content;
    this.positions = positions;
  }

  /// Why ranges cannot be followed for a disk of that size; checked exception, because a reader of
  /// the whole disk follows.
  static final class UnusableException extends Exception {
    UnusableException(String reason) {
      super(reason);
    }
  }

  static ParentBlocks of(ChangedRanges changed, long sizeBytes, int blockBytes, BlobSaver saver)
      throws UnusableException {
    ParentDisk parent =
        changed
            .parent()
            .orElseThrow(() -> new UnusableException("the parent is not in the repository"));
    if (parent.sizeBytes() != sizeBytes) {
      throw new UnusableException(
          "the parent has %d bytes, the disk %d".formatted(parent.sizeBytes(), sizeBytes));
    }
    if (!parent.volumeHandle().equals(changed.volumeHandle())) {
      throw new UnusableException(
          "the parent is volume '%s', the disk '%s'"
              .formatted(parent.volumeHandle(), changed.volumeHandle()));
    }
    return new ParentBlocks(
        parent.content(), positions(parent.content(), sizeBytes, blockBytes, saver));
  }

  /// The ranges, widened to whole units of the source's books and cut at the end of the disk.
  static List<ByteRange> within(ChangedRanges changed, long sizeBytes) throws UnusableException {
    List<ByteRange> widened = new ArrayList<>();
    long unit = changed.granularityBytes();
    for (ByteRange range : changed.ranges()) {
      if (range.offsetBytes() > sizeBytes || range.endBytes() - sizeBytes >= unit) {
        throw new UnusableException(
            "a range ends at %d, the disk at %d".formatted(range.endBytes(), sizeBytes));
      }
      long begin = range.offsetBytes() / unit * unit;
      long end = Math.min(sizeBytes, Math.ceilDiv(range.endBytes(), unit) * unit);
      if (range.lengthBytes() > 0 && end > begin) {
        widened.add(new ByteRange(begin, end - begin));
      }
    }
    return widened;
  }

  boolean isZero(int block) {
    return positions[block] == ZERO;
  }

  /// The block's blob was listed and is in no index.
  boolean isGone(int block) {
    return positions[block] == GONE;
  }

  /// The hash of a block that is neither zero nor gone.
  Digest hash(int block) {
    return content.get(positions[block]).digest();
  }

  /// The blocks whose blobs are gone.
  BitSet gone() {
    BitSet gone = new BitSet();
    for (int block = 0; block < positions.length; block++) {
      if (isGone(block)) {
        gone.set(block);
      }
    }
    return gone;
  }

  private static int[] positions(BlobList content, long sizeBytes, int blockBytes, BlobSaver saver)
      throws UnusableException {
    int[] positions = new int[Math.toIntExact(Math.ceilDiv(sizeBytes, (long) blockBytes))];
    Map<BlobId, Integer> zeros = zeroBlobs(sizeBytes, blockBytes);
    long at = 0;
    for (int i = 0; i < content.size(); i++) {
      BlobId id = content.get(i);
      Integer zeroBytes = zeros.get(id);
      long length = Math.min(blockBytes, sizeBytes - at);
      if (zeroBytes != null) {
        fillZeros(positions, at, at + zeroBytes, blockBytes);
        length = zeroBytes;
      } else {
        OptionalLong stored = saver.sizeOf(BlobType.DATA, id);
        if (at % blockBytes != 0 || at >= sizeBytes || stored.orElse(length) != length) {
          throw new UnusableException("the parent is cut into other blocks than " + blockBytes);
        }
        positions[(int) (at / blockBytes)] = stored.isPresent() ? i : GONE;
      }
      at += length;
    }
    if (at != sizeBytes) {
      throw new UnusableException("the parent's blobs do not add up to its size");
    }
    return positions;
  }

  /// A block that zeros cover in part only is completed by more zeros, or the next blob does not
  /// begin at a block and ends the attempt.
  private static void fillZeros(int[] positions, long begin, long end, int blockBytes)
      throws UnusableException {
    long last = Math.ceilDiv(end, (long) blockBytes);
    if (last > positions.length) {
      throw new UnusableException("the parent's blobs do not add up to its size");
    }
    for (long block = begin / blockBytes; block < last; block++) {
      positions[(int) block] = ZERO;
    }
  }

  /// All that a disk of that size may hold, by ID.
  private static Map<BlobId, Integer> zeroBlobs(long sizeBytes, int blockBytes) {
    Map<BlobId, Integer> zeros = new HashMap<>();
    for (int size = BlockSize.MIN_BYTES; size <= Zeros.LARGEST_BYTES; size *= 2) {
      zeros.put(Zeros.id(size), size);
    }
    int tail = (int) (sizeBytes % blockBytes);
    if (tail > 0) {
      zeros.put(Zeros.id(tail), tail);
    }
    return zeros;
  }
}
