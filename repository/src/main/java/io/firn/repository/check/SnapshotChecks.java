package io.firn.repository.check;

import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotId;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.snapshot.SnapshotFile;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks snapshot files and all that they refer to, and says of each whether it is whole. Used
/// once, after the packs were looked at.
final class SnapshotChecks {
  private final UnpackedFiles files;
  private final Findings findings;
  private final List<FileEntry> names;
  private HurtFiles hurt = new HurtFiles();

  SnapshotChecks(UnpackedFiles files, Findings findings, List<FileEntry> names) {
    this.files = files;
    this.findings = findings;
    this.names = names;
  }

  /// Those that can be read, oldest first.
  List<CheckedSnapshot> check(SnapshotWalk walk, CheckListener listener) {
    Map<SnapshotId, Snapshot> readable = readAll(walk, listener);
    Map<SnapshotId, TreeId> roots = new LinkedHashMap<>();
    readable.forEach((id, snapshot) -> roots.put(id, snapshot.tree()));
    hurt = walk.hurt(roots, findings.lostBlobs());
    return readable.entrySet().stream()
        .map(entry -> checked(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(CheckedSnapshot::time)
                .thenComparing(snapshot -> snapshot.id().digest()))
        .toList();
  }

  /// For each lost blob, the files that need it.
  HurtFiles hurt() {
    return hurt;
  }

  private CheckedSnapshot checked(SnapshotId id, Snapshot snapshot) {
    return new CheckedSnapshot(id, snapshot.time(), snapshot.tags(), hurt.paths(id));
  }

  private Map<SnapshotId, Snapshot> readAll(SnapshotWalk walk, CheckListener listener) {
    Map<SnapshotId, Snapshot> readable = new LinkedHashMap<>();
    long done = 0;
    for (FileEntry file : names) {
      SnapshotId id = new SnapshotId(Digest.of(file.handle().name()));
      try {
        Snapshot snapshot = SnapshotFile.decode(files.load(file));
        readable.put(id, snapshot);
        walk.require(snapshot.tree());
      } catch (IOException e) {
        damaged(id, "it is no snapshot: " + e.getMessage());
      } catch (RepositoryException e) {
        if (e.code() != FailureCode.CORRUPT) {
          throw e;
        }
        // One that was forgotten since it was listed is no damage.
        if (!(e.getCause() instanceof NoSuchFileException)) {
          damaged(id, String.valueOf(e.getMessage()));
        }
      }
      listener.progress(CheckListener.Phase.SNAPSHOTS, ++done, names.size());
    }
    return readable;
  }

  private void damaged(SnapshotId id, String reason) {
    findings.damaged(new DamagedObject.DamagedSnapshot(id), reason, List.of());
  }
}
