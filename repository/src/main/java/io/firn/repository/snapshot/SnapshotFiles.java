package io.firn.repository.snapshot;

import io.firn.repository.BackendErrors;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folder of snapshot files, read while others add, remove and replace some. Thread-safe.
public final class SnapshotFiles {
  /// A listing that goes stale this often in a row is taken as it is.
  private static final int LISTINGS = 10;

  private final Backend backend;
  private final UnpackedFiles files;

  public SnapshotFiles(Backend backend, UnpackedFiles files) {
    this.backend = backend;
    this.files = files;
  }

  /// The snapshots that are there, in no order. Needs no key: only names are looked at.
  public static List<SnapshotId> ids(Backend backend) {
    try {
      return backend.list(FileType.SNAPSHOT).stream()
          .map(file -> SnapshotId.of(file.handle().name()))
          .toList();
    } catch (IOException e) {
      throw BackendErrors.failed("could not list snapshots in", backend, "snapshots", e);
    }
  }

  /// All snapshots, oldest first. Unreadable ones are `CORRUPT` and named.
  ///
  /// One that goes between listing and reading was forgotten, or replaced by a version with other
  /// tags, which the listing may not show: so it is listed again until all that is listed was read.
  public List<StoredSnapshot> all() {
    Map<SnapshotId, StoredSnapshot> read = new LinkedHashMap<>();
    for (int listing = 1; ; listing++) {
      List<SnapshotId> ids = ids(backend);
      ids.forEach(id -> {
        if (!read.containsKey(id)) {
          find(id).ifPresent(stored -> read.put(id, stored));
        }
      });
      read.keySet().retainAll(ids);
      if (read.size() == ids.size() || listing == LISTINGS) {
        return oldestFirst(read);
      }
    }
  }

  /// One snapshot; empty where it is not there (any more).
  public Optional<StoredSnapshot> find(SnapshotId id) {
    try {
      byte[] json = files.load(FileType.SNAPSHOT, id.digest());
      return Optional.of(new StoredSnapshot(id, SnapshotFile.decode(json)));
    } catch (RepositoryException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "snapshots/%s in %s is damaged: %s. Run a check."
              .formatted(id, backend.location(), e.getMessage()),
          Map.of("file", "snapshots/" + id),
          e);
    }
  }

  private static List<StoredSnapshot> oldestFirst(Map<SnapshotId, StoredSnapshot> read) {
    List<StoredSnapshot> snapshots = new ArrayList<>(read.values());
    snapshots.sort(Comparator.comparing(stored -> stored.snapshot().time()));
    return List.copyOf(snapshots);
  }
}
