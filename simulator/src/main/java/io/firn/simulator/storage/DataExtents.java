package io.firn.simulator.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which ranges of a sparse file hold data; everything else reads as zeros.
///
/// Thread-safe.
public final class DataExtents {
  private DataExtents() {}

  /// A range that is backed by blocks.
  public record Extent(long offsetBytes, long lengthBytes) {}

  /// The ranges with data, in order; the whole file where the system cannot tell.
  public static List<Extent> of(Path file, long sizeBytes) throws IOException {
    if (sizeBytes == 0) {
      return List.of();
    }
    Optional<List<Extent>> known = NativeFiles.extents(file, sizeBytes);
    return known.orElseGet(() -> List.of(new Extent(0, sizeBytes)));
  }
}
