package io.firn.repository.blob;

import io.firn.repository.BlobId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.index.BlobLocation;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.MalformedPackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Data blobs that are wanted together, fetched with few reads: a disk's blocks mostly lie side by
/// side in a pack, and storage far away answers one large request much sooner than sixteen small
/// ones. Keeps its buffers from batch to batch, and nothing is allocated for a blob. For one
/// thread.
public final class BlobBatch implements AutoCloseable {
  /// Fetching what lies between two wanted blobs is cheaper than a second read.
  private static final int MOST_GAP_BYTES = 64 << 10;

  /// Of a batch in all, whatever an index claims: its buffer never gets larger.
  private static final int MOST_READ_BYTES = 16 << 20;

  private final BlobLoader loader;
  private final BlobUnpacker unpacker;
  private final List<Wanted> wanted = new ArrayList<>();
  private byte[] sealed = new byte[0];

  /// A wanted blob, and where in the buffer it begins; -1 where it is not there.
  private static final class Wanted {
    final BlobId id;
    final BlobLocation location;
    int at = -1;

    Wanted(BlobId id, BlobLocation location) {
      this.id = id;
      this.location = location;
    }

    long end() {
      return location.offsetBytes() + location.lengthBytes();
    }
  }

  BlobBatch(BlobLoader loader, BlobUnpacker unpacker) {
    this.loader = loader;
    this.unpacker = unpacker;
  }

  /// Fetches blobs in the place of those before. `CORRUPT` where one is in no index. A read that
  /// fails is told of by [#decode], which tries once more.
  public void fetch(List<BlobId> ids) {
    wanted.clear();
    for (BlobId id : ids) {
      wanted.add(new Wanted(id, loader.locate(BlobType.DATA, id)));
    }
    List<Wanted> inPacks = new ArrayList<>(wanted);
    inPacks.sort(
        Comparator.comparing((Wanted blob) -> blob.location.pack().digest())
            .thenComparingLong(blob -> blob.location.offsetBytes()));
    int filled = 0;
    int first = 0;
    while (first < inPacks.size()) {
      int end = first + 1;
      while (end < inPacks.size() && together(inPacks, first, end)) {
        end++;
      }
      filled = read(inPacks.subList(first, end), filled);
      first = end;
    }
  }

  private static boolean together(List<Wanted> blobs, int first, int next) {
    Wanted before = blobs.get(next - 1);
    Wanted blob = blobs.get(next);
    return blob.location.pack().equals(before.location.pack())
        && blob.location.offsetBytes() - before.end() <= MOST_GAP_BYTES
        && blob.end() - blobs.get(first).location.offsetBytes() <= MOST_READ_BYTES;
  }

  /// Reads a stretch of a pack; returns how far the buffer is filled then.
  private int read(List<Wanted> blobs, int filled) {
    long from = blobs.getFirst().location.offsetBytes();
    long length = blobs.stream().mapToLong(Wanted::end).max().orElse(from) - from;
    if (length > MOST_READ_BYTES - filled) {
      // Sizes that Firn does not write, or that an index only claims: each blob alone, below.
      return filled;
    }
    reserve(filled, (int) length);
    try {
      ByteBuffer target = ByteBuffer.wrap(sealed, filled, (int) length);
      loader.read(blobs.getFirst().location.pack(), from, target);
    } catch (IOException e) {
      // Each blob of it is loaded alone, which tries again and knows what to say.
      return filled;
    }
    for (Wanted blob : blobs) {
      blob.at = filled + (int) (blob.location.offsetBytes() - from);
    }
    return filled + (int) length;
  }

  private void reserve(int filled, int more) {
    if (sealed.length - filled < more) {
      sealed = Arrays.copyOf(sealed, filled + more);
    }
  }

  /// Writes the `number`-th blob's content, which matches its ID, into `target` from
  /// `targetOffset`, where there is room for it. Returns its length. Errors as [BlobLoader#load]
  /// has them.
  public int decode(int number, byte[] target, int targetOffset) {
    Wanted blob = wanted.get(number);
    if (blob.at >= 0) {
      try {
        return unpacker.unpack(
            blob.id,
            sealed,
            blob.at,
            (int) blob.location.lengthBytes(),
            blob.location.plainBytes(),
            target,
            targetOffset);
      } catch (MalformedPackException mayBeTheWay) {
        // Loaded alone once more: a bit that flipped on the way here is right then.
        return alone(blob, target, targetOffset);
      }
    }
    return alone(blob, target, targetOffset);
  }

  private int alone(Wanted blob, byte[] target, int targetOffset) {
    byte[] plain = loader.load(BlobType.DATA, blob.id);
    if (plain.length > target.length - targetOffset) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "blob %s has %d bytes, more than the index says. Run a check."
              .formatted(blob.id, plain.length),
          Map.of("blob", blob.id.toString()));
    }
    System.arraycopy(plain, 0, target, targetOffset, plain.length);
    return plain.length;
  }

  @Override
  public void close() {
    unpacker.close();
  }
}
