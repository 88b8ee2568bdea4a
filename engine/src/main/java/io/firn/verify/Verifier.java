package io.firn.verify;

import io.firn.point.PointSummary;
import io.firn.point.Vault;
import java.time.InstantSource;

/// Reads a point back and compares it with what was captured. Changes nothing.
///
/// Thread-safe. Damage is in the report; errors are [io.firn.failure.FirnException] where the vault
/// cannot be read at all.
public final class Verifier {
  private final InstantSource clock;

  public Verifier(InstantSource clock) {
    this.clock = clock;
  }

  public VerifyReport verify(
      Vault vault, PointSummary point, VerifyDepth depth, VerifyListener listener) {
    throw new UnsupportedOperationException(
        "stub " + vault.location() + point + depth + listener + clock);
  }
}
