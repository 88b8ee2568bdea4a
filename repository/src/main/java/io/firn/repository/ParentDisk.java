package io.firn.repository;

import static java.util.Objects.requireNonNull;

/// A stored version of a disk that changes are counted from: its blobs, its size, and the name that
/// its storage gave it (a volume handle; "" where there is none).
public record ParentDisk(BlobList content, long sizeBytes, String volumeHandle) {
  public ParentDisk {
    requireNonNull(content, "content is null");
    requireNonNull(volumeHandle, "volumeHandle is null");
  }

  /// Of a file in a tree; an [IllegalArgumentException] where the node is none.
  public static ParentDisk of(Node file, String volumeHandle) {
    BlobList content =
        file.content()
            .orElseThrow(() -> new IllegalArgumentException(file.name() + " is not a file"));
    return new ParentDisk(content, file.sizeBytes(), volumeHandle);
  }
}
