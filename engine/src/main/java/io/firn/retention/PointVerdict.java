package io.firn.retention;

import io.firn.point.PointSummary;
import java.util.List;

/// What is to become of one point: it stays for all these reasons, or goes where there is none.
public record PointVerdict(PointSummary point, List<KeepReason> reasons) {
  public PointVerdict {
    reasons = List.copyOf(reasons);
  }

  public boolean kept() {
    return !reasons.isEmpty();
  }
}
