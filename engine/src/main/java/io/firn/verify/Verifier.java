package io.firn.verify;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.point.SecondCopies;
import io.firn.point.Vault;
import io.firn.repository.RepositoryException;
import io.firn.verify.VerifyReport.Damage;
import io.firn.verify.VerifyReport.HurtDisk;
import io.firn.verify.VerifyReport.VolumeVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
      FoundDamage found =
          whole && depth == VerifyDepth.DATA
              ? FoundDamage.NONE
              : new DamageSearch(vault, point).search(depth);
      return new VerifyReport(
          point.name(),
          depth,
          definitions,
          volumes,
          found.damages(),
          found.extent(),
          new SecondCopies(point.domain()).warning(reader.reader()).stream().toList(),
          reads.bytesRead(),
          since(begun));
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    } catch (FirnException e) {
      if (e.failure().code() != FailureCode.VAULT_DAMAGED) {
        throw e;
      }
      // Its manifest or a definition is lost, so nothing can be said of single volumes.
      FoundDamage found = new DamageSearch(vault, point).search(depth);
      List<Damage> damages =
          found.damages().isEmpty()
              ? List.of(unreadable(point, e.failure().summary()))
              : found.damages();
      return new VerifyReport(
          point.name(), depth, 0, List.of(), damages, found.extent(), List.of(), 0, since(begun));
    }
  }

  private static Damage unreadable(PointSummary point, String cause) {
    return new Damage(
        "of the point's own files",
        Optional.empty(),
        cause,
        List.of(new HurtDisk(point.name(), "/" + point.namespace())),
        1);
  }

  private Duration since(Instant begun) {
    return Duration.between(begun, clock.instant());
  }
}
