package io.firn.verify;

import io.firn.verify.VerifyReport.Damage;
import io.firn.verify.VerifyReport.Extent;
import java.util.List;

/// What a search for damage has found: the first that hurts a point, and how far all of it goes.
record FoundDamage(List<Damage> damages, Extent extent) {
  static final FoundDamage NONE = new FoundDamage(List.of(), Extent.NONE);

  FoundDamage {
    damages = List.copyOf(damages);
  }
}
