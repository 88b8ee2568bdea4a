package io.firn.repository.prune;

import io.firn.repository.Digest;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import io.firn.repository.unpacked.UnreadableFiles;
import java.util.Map;

/// Finds mark files that nobody can read. They hurt no data: what they marked is marked anew, and
/// waits longer.
public record UnreadableMarks(Backend backend, UnpackedFiles files) {
  /// What is wrong, by the file's name.
  public Map<Digest, String> faults() {
    Map<Digest, String> faults =
        new UnreadableFiles(backend, files, FileType.MARK, "list of marks", MarkFile::decode)
            .faults(entry -> true);
    faults.replaceAll((name, fault) -> fault + " It hurts nothing: the next prune replaces it.");
    return faults;
  }
}
