package io.firn.verify;

import io.firn.failure.RepositoryFailures;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.repository.RepositoryException;
import io.firn.verify.VerifyReport.Damage;
import io.firn.verify.VerifyReport.VolumeVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Reads a point back and compares it with what was captured. Changes nothing.
///
/// Thread-safe. Damage is in the report; errors are [io.firn.failure.FirnException] where the vault
/// cannot be read at all, or where the point is of a newer Firn.
public final class Verifier {
  private final InstantSource clock;

  public Verifier(InstantSource clock) {
    this.clock = clock;
  }

  /// The report. Where something is damaged, the whole domain is checked as deep, so that the
  /// report can say which other points are hurt too.
  public VerifyReport verify(
      Vault vault, PointSummary point, VerifyDepth depth, VerifyListener listener) {
    Instant begun = clock.instant();
    try (PointReader reader = PointReader.open(vault, point)) {
      VolumeReads reads = new VolumeReads(reader, depth, listener);
      int definitions = reader.definitions().size();
      List<VolumeVerdict> volumes =
          reader.manifest().volumes().stream().map(reads::verdict).toList();
      boolean whole = volumes.stream().allMatch(VolumeVerdict::whole);
      List<Damage> damages =
          whole && depth == VerifyDepth.DATA
              ? List.of()
              : new DamageSearch(vault, point).search(depth);
      return new VerifyReport(
          point.name(),
          depth,
          definitions,
          volumes,
          damages,
          reads.bytesRead(),
          Duration.between(begun, clock.instant()));
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
