package io.firn.repository.lock;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import io.firn.repository.unpacked.UnreadableFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds lock files that nobody can read. They hurt no data, but they may be anybody's, and so they
/// keep every writer out.
public record UnreadableLocks(Backend backend, UnpackedFiles files) {
  /// What is wrong, by lock. An empty one is none: restic leaves such where its disk was full.
  public Map<LockId, String> faults() {
    Map<LockId, String> faults = new LinkedHashMap<>();
    new UnreadableFiles(backend, files, FileType.LOCK, "lock", LockFile::decode)
        .faults(entry -> entry.sizeBytes() > 0)
        .forEach((name, fault) ->
            faults.put(
                new LockId(name), fault + " It keeps writers out until all locks are removed."));
    return faults;
  }
}
