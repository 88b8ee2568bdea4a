package io.firn.backup;

import io.firn.cluster.Cluster;
import java.time.InstantSource;

/// Finds out what a backup would do. Only reads; a problem is a finding of the plan, not an
/// exception, unless the cluster itself cannot be talked to.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public final class BackupPlanner {
  private final Cluster cluster;
  private final InstantSource clock;

  public BackupPlanner(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  public BackupPlan plan(BackupRequest request) {
    throw new UnsupportedOperationException("stub " + request + cluster + clock);
  }
}
