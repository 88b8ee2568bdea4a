package io.firn.restore;

import io.firn.cluster.Cluster;
import io.firn.point.PointReader;

/// Finds out what a restore would do. Only reads, and asks the API server to try every object
/// without keeping it (dry-run); a problem is a conflict or a finding of the plan, not an
/// exception, unless cluster or vault cannot be read at all.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public final class RestorePlanner {
  private final Cluster cluster;

  public RestorePlanner(Cluster cluster) {
    this.cluster = cluster;
  }

  public RestorePlan plan(PointReader point, RestoreRequest request) {
    throw new UnsupportedOperationException("stub " + point.manifest() + request + cluster);
  }
}
