package io.firn.restore;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.failure.ClusterFailures;
import io.firn.failure.RepositoryFailures;
import io.firn.point.PointReader;
import io.firn.repository.RepositoryException;

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

  /// The plan. `OBJECT_NOT_FOUND` where the request names a machine that the point does not have.
  public RestorePlan plan(PointReader point, RestoreRequest request) {
    try {
      return new Planning(cluster, point, request).plan();
    } catch (ClusterException e) {
      throw ClusterFailures.of(e);
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
