package io.firn.mover;

import io.firn.failure.Failure;
import java.util.List;

/// What a mover leaves behind: the JSON of its result file, which Kubernetes hands on as the pod's
/// termination message (at most 4096 bytes).
public sealed interface MoverResult {
  /// `{"tree","size","blockSize","digest","bytesRead","bytesNew","bytesStored"}`: the folder that
  /// was written; `digest` is "" (and `blockSize` 0) where the volume has no disk image.
  /// `"changedRanges"` says what became of them, and is "" (and left out) where none were given.
  record Exported(
      String tree,
      long sizeBytes,
      int blockSizeBytes,
      String digest,
      long bytesRead,
      long bytesNew,
      long bytesStored,
      String changedRanges)
      implements MoverResult {
    /// Of a mover that was given no changed ranges.
    public Exported(
        String tree,
        long sizeBytes,
        int blockSizeBytes,
        String digest,
        long bytesRead,
        long bytesNew,
        long bytesStored) {
      this(tree, sizeBytes, blockSizeBytes, digest, bytesRead, bytesNew, bytesStored, "");
    }
  }

  /// `{"size","digest","bytesWritten"}`, and `"damagedPacks"` where the data is right, but some of
  /// it was damaged in these packs of the vault and had to be read from others; a few of them.
  record Populated(long sizeBytes, String digest, long bytesWritten, List<String> damagedPacks)
      implements MoverResult {
    public Populated {
      damagedPacks = List.copyOf(damagedPacks);
    }
  }

  /// `{"failure":{"code","summary","guidance","retryable"}}`.
  record Failed(Failure failure) implements MoverResult {}
}
