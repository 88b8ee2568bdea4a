package io.firn.retention;

import io.firn.failure.Failure;
import io.firn.point.PointSummary;
import java.util.List;

/// What a forget came to: the points that are gone, and those that should have gone and did not.
public record ForgetReport(List<PointSummary> forgotten, List<Left> left) {
  public ForgetReport {
    forgotten = List.copyOf(forgotten);
    left = List.copyOf(left);
  }

  /// A point that is still there, and why.
  public record Left(PointSummary point, Failure why) {}
}
