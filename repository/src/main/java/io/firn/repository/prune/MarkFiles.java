package io.firn.repository.prune;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The folder of mark files. Usually there is one; very many packs, two prunes at once, or one that
/// was killed, leave more, which are read as one. Thread-safe.
final class MarkFiles {
  /// Some 11 MiB of JSON: a document of more than 64 MiB would not be read.
  private static final int MAX_PACKS = 100_000;

  private final Backend backend;
  private final UnpackedFiles files;

  MarkFiles(Backend backend, UnpackedFiles files) {
    this.backend = backend;
    this.files = files;
  }

  /// All marks; the earliest counts where there are several for a pack. A damaged file marks
  /// nothing: its packs are marked anew, and wait longer.
  Marks load() {
    Map<PackId, Instant> since = new HashMap<>();
    List<Digest> names = new ArrayList<>();
    try {
      for (FileEntry file : backend.list(FileType.MARK)) {
        Digest name = Digest.of(file.handle().name());
        names.add(name);
        read(name)
            .forEach((pack, time) -> since.merge(pack, time, (a, b) -> a.isBefore(b) ? a : b));
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not list marks in", backend, "marks", e);
    }
    return new Marks(since, names);
  }

  /// Puts new files in the place of those of `old`: the new ones first.
  void replace(Marks old, Map<PackId, Instant> since) {
    int needed = Math.ceilDiv(since.size(), MAX_PACKS);
    if (old.files().size() == needed && old.since().equals(since)) {
      return;
    }
    List<PackId> packs =
        since.keySet().stream().sorted(Comparator.comparing(PackId::digest)).toList();
    for (int i = 0; i < needed; i++) {
      Map<PackId, Instant> part = new LinkedHashMap<>();
      packs
          .subList(i * MAX_PACKS, Math.min((i + 1) * MAX_PACKS, packs.size()))
          .forEach(pack -> part.put(pack, since.get(pack)));
      files.save(FileType.MARK, MarkFile.encode(part));
    }
    old.files().forEach(this::delete);
  }

  private Map<PackId, Instant> read(Digest name) {
    try {
      return MarkFile.decode(files.load(FileType.MARK, name));
    } catch (IOException e) {
      return Map.of();
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      return Map.of();
    }
  }

  private void delete(Digest name) {
    FileHandle handle = new FileHandle(FileType.MARK, name.toString());
    try {
      backend.delete(handle);
    } catch (IOException e) {
      throw BackendErrors.failed("could not remove marks in", backend, handle.toString(), e);
    }
  }
}
