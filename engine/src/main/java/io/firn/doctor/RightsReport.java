package io.firn.doctor;

import io.firn.cluster.rights.Feature;
import io.firn.cluster.rights.MissingRights;
import io.firn.cluster.rights.Right;
import java.util.List;
import java.util.Set;

/// What a user may do with Firn in a namespace ("" for all), feature by feature, and everything
/// that is missing.
public record RightsReport(String namespace, List<Row> rows, MissingRights missing) {
  public RightsReport {
    rows = List.copyOf(rows);
  }

  /// One feature: without `needed` it does not work, without `useful` it does less and says so.
  public record Row(Feature feature, Set<Right> needed, Set<Right> useful) {
    public Verdict verdict() {
      if (!needed.isEmpty()) {
        return Verdict.MAY_NOT;
      }
      return useful.isEmpty() ? Verdict.MAY : Verdict.PARTLY;
    }
  }

  /// How far a feature can be used.
  public enum Verdict {
    MAY,
    PARTLY,
    MAY_NOT
  }
}
