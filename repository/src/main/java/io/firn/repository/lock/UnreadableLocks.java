package io.firn.repository.lock;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds lock files that nobody can read. They hurt no data, but they may be anybody's, and so they
/// keep every writer out.
public record UnreadableLocks(Backend backend, UnpackedFiles files) {
  /// What is wrong, by lock. One that goes meanwhile is none; nor is an empty one, which restic
  /// leaves where its disk was full.
  public Map<LockId, String> faults() {
    Map<LockId, String> faults = new LinkedHashMap<>();
    try {
      for (FileEntry entry : backend.list(FileType.LOCK)) {
        if (entry.sizeBytes() > 0) {
          look(entry, faults);
        }
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not list locks in", backend, "locks", e);
    }
    return faults;
  }

  private void look(FileEntry entry, Map<LockId, String> faults) throws IOException {
    LockId id = new LockId(Digest.of(entry.handle().name()));
    String fault;
    try {
      LockFile.decode(files.load(entry));
      return;
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      fault = String.valueOf(e.getMessage());
    } catch (IOException e) {
      fault = "it is no lock: " + e.getMessage();
    }
    boolean there =
        backend.list(FileType.LOCK).stream().anyMatch(f -> f.handle().equals(entry.handle()));
    if (there) {
      faults.put(id, fault + " It keeps writers out until all locks are removed.");
    }
  }
}
