package io.firn.restore;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.failure.ClusterFailures;
import io.firn.failure.RepositoryFailures;
import io.firn.point.MoverAccess;
import io.firn.point.PointReader;
import io.firn.repository.RepositoryException;
import java.util.Optional;

/// Finds out what a restore would do. Only reads, and asks the API server to try every object
/// without keeping it (dry-run); a problem is a conflict or a finding of the plan, not an
/// exception, unless cluster or vault cannot be read at all.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public final class RestorePlanner {
  private final Cluster cluster;
  private final Optional<MoverAccess> access;

  /// For plans whose movers are not tried, since no vault is known.
  public RestorePlanner(Cluster cluster) {
    this.cluster = cluster;
    this.access = Optional.empty();
  }

  /// `access` is how movers reach the vault.
  public RestorePlanner(Cluster cluster, MoverAccess access) {
    this.cluster = cluster;
    this.access = Optional.of(access);
  }

  /// The plan. `OBJECT_NOT_FOUND` where the request names a machine that the point does not have.
  public RestorePlan plan(PointReader point, RestoreRequest request) {
    try {
      RestorePlan plan = new Planning(cluster, point, request).plan();
      // Asked last, and only where the rest is well: each is a call.
      return access.isPresent() && plan.runnable()
          ? plan.with(new MoverCheck(cluster, access.get()).check(plan))
          : plan;
    } catch (ClusterException e) {
      throw ClusterFailures.of(e);
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
