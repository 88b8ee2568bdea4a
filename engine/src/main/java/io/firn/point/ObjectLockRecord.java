package io.firn.point;

import io.firn.repository.Repository;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.StoredSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The object lock rule that a vault was made with, as a tag of a snapshot in its marker
/// repository: encrypted and authenticated like everything there, so that whoever can write to the
/// bucket cannot quietly take it away from later writers. Stateless.
final class ObjectLockRecord {
  private static final String TAG = "firn-object-lock=";

  private ObjectLockRecord() {}

  static void write(Repository marker, String rule, Instant now) {
    try (RepositoryWriter writer = marker.writer()) {
      var id =
          writer.writeSnapshot(
              new Snapshot(
                  now,
                  writer.writeTree(List.of()),
                  List.of("/"),
                  "firn",
                  "firn",
                  List.of(TAG + rule),
                  "firn",
                  Optional.empty(),
                  Optional.empty()));
      assert id != null;
    }
  }

  /// The newest rule; empty where the vault has none.
  static Optional<String> read(Repository marker) {
    return marker.snapshots().stream()
        .map(StoredSnapshot::snapshot)
        .sorted(Comparator.comparing(Snapshot::time).reversed())
        .flatMap(snapshot -> snapshot.tags().stream())
        .filter(tag -> tag.startsWith(TAG))
        .map(tag -> tag.substring(TAG.length()))
        .findFirst();
  }
}
