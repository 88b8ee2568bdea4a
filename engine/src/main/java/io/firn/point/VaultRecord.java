package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a vault's marker repository says about the vault: one snapshot of an empty folder, whose
/// tags are the settings (decision 0017). None there means the defaults. Stateless.
final class VaultRecord {
  private static final String MARK = "firn=vault";
  private static final String DOMAINS = "domains=";

  private VaultRecord() {}

  /// Writes the settings; the defaults need no record.
  static void write(Repository marker, DomainPolicy domains, Instant now) {
    if (domains == DomainPolicy.PER_NAMESPACE) {
      return;
    }
    try (RepositoryWriter writer = marker.writer()) {
      SnapshotId record =
          writer.writeSnapshot(
              new Snapshot(
                  now,
                  writer.writeTree(List.of()),
                  List.of("/vault"),
                  "firn",
                  "firn",
                  List.of(MARK, DOMAINS + domains.label()),
                  "firn",
                  Optional.empty(),
                  Optional.empty()));
      assert !record.toString().isEmpty();
    }
  }

  /// The policy of the newest record. `VAULT_VERSION` where it is one of a newer Firn.
  static DomainPolicy domains(Repository marker, VaultLocation location) {
    return marker.snapshots().reversed().stream()
        .map(StoredSnapshot::snapshot)
        .filter(snapshot -> snapshot.tags().contains(MARK))
        .flatMap(snapshot -> snapshot.tags().stream())
        .filter(tag -> tag.startsWith(DOMAINS))
        .map(tag -> tag.substring(DOMAINS.length()))
        .findFirst()
        .map(label -> DomainPolicy.of(label).orElseThrow(() -> unknown(label, location)))
        .orElse(DomainPolicy.PER_NAMESPACE);
  }

  private static FirnException unknown(String label, VaultLocation location) {
    return new FirnException(
        new Failure(
            FailureCode.VAULT_VERSION,
            "The vault "
                + location.url()
                + " divides its points '"
                + label
                + "', which this Firn does not know",
            "Use a newer Firn to back up into it; reading works.",
            Map.of("vault", location.url(), "domains", label),
            false));
  }
}
