package io.firn.retention;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.point.PointSummary;
import io.firn.point.PointTags;
import io.firn.point.Protection;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Protects points from being forgotten, and takes that back. The protection is a tag of the
/// point's snapshot: every Firn respects it, and restic shows it (but would forget the point all
/// the same, unless told `--keep-tag`).
///
/// Killed anywhere, the point is there, protected or not. Errors are [FirnException].
public final class PointProtector {
  private final Vault vault;

  public PointProtector(Vault vault) {
    this.vault = vault;
  }

  /// Protects the point, in place of any protection that it has. Returns its new snapshot.
  public SnapshotId protect(PointSummary point, Protection protection) {
    return change(point, Optional.of(protection));
  }

  /// Takes the protection away; a point without one stays as it is. Returns its snapshot.
  public SnapshotId unprotect(PointSummary point) {
    return point.protection().isEmpty() ? point.snapshot() : change(point, Optional.empty());
  }

  private SnapshotId change(PointSummary point, Optional<Protection> protection) {
    try (Repository repository = vault.openDomain(point.domain())) {
      StoredSnapshot stored =
          repository.snapshot(point.snapshot()).orElseThrow(() -> changed(point));
      List<String> tags = PointTags.withProtection(stored.snapshot().tags(), protection);
      SnapshotId fresh = repository.retag(point.snapshot(), tags).orElseThrow(() -> changed(point));
      // What an earlier change left when it was cut short; the stronger protection would count.
      repository.forget(
          point.copies().stream().filter(copy -> !copy.equals(point.snapshot())).toList());
      return fresh;
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  private static FirnException changed(PointSummary point) {
    return new FirnException(
        new Failure(
            FailureCode.POINT_NOT_FOUND,
            "The point " + point.name() + " was changed or forgotten by somebody else meanwhile",
            "List the points again: firn points.",
            Map.of("point", point.name().value()),
            true));
  }
}
