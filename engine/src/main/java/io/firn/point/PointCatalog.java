package io.firn.point;

import java.util.List;

/// The points of a vault, over all its domains.
///
/// Thread-safe; reads the vault anew at each call. Errors are [io.firn.failure.FirnException].
public final class PointCatalog {
  private final Vault vault;

  public PointCatalog(Vault vault) {
    this.vault = vault;
  }

  /// Points that pass the filter, oldest first. Snapshots that are not Firn's are left out.
  public List<PointSummary> list(PointFilter filter) {
    throw new UnsupportedOperationException("stub " + vault.location());
  }

  /// The point of that name, of that unique prefix, or the newest one (`latest`) among those that
  /// pass the filter. `POINT_NOT_FOUND`, `POINT_AMBIGUOUS`.
  public PointSummary find(String name, PointFilter filter) {
    throw new UnsupportedOperationException("stub " + name);
  }
}
