package io.firn.repository.unpacked;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds files of a kind that nobody can read. `what` is what they should be, for people.
public record UnreadableFiles(
    Backend backend, UnpackedFiles files, FileType type, String what, Decoder decoder) {
  /// Throws where the content is not what it should be.
  public interface Decoder {
    void decode(byte[] content) throws IOException;
  }

  /// What is wrong, by the file's name, among those files that pass. One that goes meanwhile is not
  /// unreadable.
  public Map<Digest, String> faults(Predicate<FileEntry> looked) {
    Map<Digest, String> faults = new LinkedHashMap<>();
    try {
      for (FileEntry entry : backend.list(type)) {
        Optional<String> fault = looked.test(entry) ? fault(entry) : Optional.empty();
        if (fault.isPresent() && isThere(entry)) {
          faults.put(Digest.of(entry.handle().name()), fault.get());
        }
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not list files in", backend, type.folder(), e);
    }
    return faults;
  }

  private Optional<String> fault(FileEntry entry) {
    try {
      decoder.decode(files.load(entry));
      return Optional.empty();
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("it is no " + what + ": " + e.getMessage());
    }
  }

  private boolean isThere(FileEntry entry) throws IOException {
    return backend.list(type).stream().anyMatch(file -> file.handle().equals(entry.handle()));
  }
}
