package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.BlobList;
import io.firn.repository.ByteRange;
import io.firn.repository.Node;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.blob.BlobLoader;
import io.firn.repository.pack.BlobType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Where each blob of a file begins: the running sum of their sizes, looked up in the index. 8
/// bytes a blob. Immutable.
public final class BlobOffsets {
  private final BlobList content;
  private final long[] offsets;

  private BlobOffsets(BlobList content, long[] offsets) {
    this.content = content;
    this.offsets = offsets;
  }

  /// `CORRUPT` where a blob is in no index, or where the sizes do not add up to the file's.
  public static BlobOffsets of(Node file, BlobLoader loader) {
    BlobList content =
        file.content()
            .orElseThrow(() -> new IllegalArgumentException(file.name() + " is not a file"));
    long[] offsets = new long[content.size() + 1];
    for (int i = 0; i < content.size(); i++) {
      offsets[i + 1] = offsets[i] + loader.locate(BlobType.DATA, content.get(i)).sizeBytes();
    }
    if (offsets[content.size()] != file.sizeBytes()) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "file %s should have %d bytes, but its blobs have %d. Use another point."
              .formatted(file.name(), file.sizeBytes(), offsets[content.size()]),
          Map.of("path", file.name()));
    }
    return new BlobOffsets(content, offsets);
  }

  int blobs() {
    return content.size();
  }

  public long sizeBytes() {
    return offsets[offsets.length - 1];
  }

  BlobId id(int blob) {
    return content.get(blob);
  }

  /// Where the blob begins; the end of all for one beyond the last.
  long offset(int blob) {
    return offsets[blob];
  }

  int length(int blob) {
    return Math.toIntExact(offsets[blob + 1] - offsets[blob]);
  }

  /// The blob that holds that byte.
  int blobAt(long offsetBytes) {
    int found = Arrays.binarySearch(offsets, offsetBytes);
    return found >= 0 ? found : -found - 2;
  }

  /// Where there is data, in order: runs of blobs that are not known to be zeros.
  List<ByteRange> data() {
    List<ByteRange> runs = new ArrayList<>();
    int blob = 0;
    while (blob < blobs()) {
      int first = blob;
      while (blob < blobs() && !isZeros(blob)) {
        blob++;
      }
      if (blob > first) {
        runs.add(new ByteRange(offset(first), offset(blob) - offset(first)));
      }
      blob++;
    }
    return runs;
  }

  /// Whether the blob is known to be zeros by its ID alone. Only sizes that Firn writes are looked
  /// at: powers of two, and the last blob of the file.
  boolean isZeros(int blob) {
    int length = length(blob);
    boolean candidate =
        length <= Zeros.LARGEST_BYTES && (Integer.bitCount(length) == 1 || blob == blobs() - 1);
    return candidate && Zeros.id(length).equals(id(blob));
  }
}
