package io.firn.repository.disk;

/// Deals a disk's blobs out in order, in windows that are fetched with few reads and fit a worker's
/// buffers. Thread-safe.
final class WindowCursor {
  private static final int MOST_BLOBS = 32;
  private static final long MOST_BYTES = 4L << 20;

  private final BlobOffsets blobs;
  private int next;

  WindowCursor(BlobOffsets blobs) {
    this.blobs = blobs;
  }

  /// The next window; an empty one at the end. A blob that is larger than a window is one alone,
  /// zeros count for nothing.
  synchronized BlobWindow next() {
    int first = next;
    long bytes = 0;
    while (next < blobs.blobs() && next - first < MOST_BLOBS) {
      bytes += blobs.isZeros(next) ? 0 : blobs.length(next);
      if (bytes > MOST_BYTES && next > first) {
        break;
      }
      next++;
    }
    return new BlobWindow(first, next - first);
  }
}
