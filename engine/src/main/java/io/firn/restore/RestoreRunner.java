package io.firn.restore;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.point.Vault;
import io.firn.repository.RepositoryException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Does a restore exactly as planned. Killed at any moment, it is finished by planning and running
/// again.
///
/// Interrupting the calling thread ends it (`INTERRUPTED`): movers and temporary objects are
/// removed, nothing is started. One run per instance and thread.
public final class RestoreRunner {
  private final Cluster cluster;
  private final InstantSource clock;
  private final RandomGenerator random;

  public RestoreRunner(Cluster cluster, InstantSource clock, RandomGenerator random) {
    this.cluster = cluster;
    this.clock = clock;
    this.random = random;
  }

  /// Errors are [io.firn.failure.FirnException]: `RESTORE_CONFLICT` or the plan's first stop where
  /// it is not runnable.
  public RestoreReport run(RestorePlan plan, Vault vault, RestoreListener listener) {
    if (!plan.runnable()) {
      throw RestoreFailures.notRunnable(plan);
    }
    try {
      return new Restoring(cluster, clock, random, plan, vault, listener).run();
    } catch (ClusterException e) {
      throw RestoreFailures.of(e);
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    } catch (FirnException e) {
      throw e.failure().code() == FailureCode.INTERRUPTED ? RestoreFailures.interrupted(e) : e;
    }
  }
}
