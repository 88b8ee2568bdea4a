package io.firn.repository.prune;

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

/// Finds mark files that nobody can read. They hurt no data: what they marked is marked anew, and
/// waits longer.
public record UnreadableMarks(Backend backend, UnpackedFiles files) {
  /// What is wrong, by the file's name. One that goes meanwhile is none.
  public Map<Digest, String> faults() {
    Map<Digest, String> faults = new LinkedHashMap<>();
    try {
      for (FileEntry entry : backend.list(FileType.MARK)) {
        look(entry, faults);
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not list marks in", backend, "marks", e);
    }
    return faults;
  }

  private void look(FileEntry entry, Map<Digest, String> faults) throws IOException {
    String fault;
    try {
      MarkFile.decode(files.load(entry));
      return;
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      fault = String.valueOf(e.getMessage());
    } catch (IOException e) {
      fault = "it is no list of marks: " + e.getMessage();
    }
    boolean there =
        backend.list(FileType.MARK).stream().anyMatch(f -> f.handle().equals(entry.handle()));
    if (there) {
      faults.put(
          Digest.of(entry.handle().name()),
          fault + " It hurts nothing: the next prune replaces it.");
    }
  }
}
