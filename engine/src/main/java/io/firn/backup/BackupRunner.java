package io.firn.backup;

import io.firn.cluster.Cluster;
import io.firn.point.Vault;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Takes a backup exactly as planned: freeze, snapshot, thaw, export, seal, clean.
///
/// Interrupting the calling thread ends it: guests are thawed, temporary objects removed, no point
/// is made, and the failure is `INTERRUPTED`. One run per instance and thread.
public final class BackupRunner {
  private final Cluster cluster;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final String firnVersion;

  public BackupRunner(
      Cluster cluster, InstantSource clock, RandomGenerator random, String firnVersion) {
    this.cluster = cluster;
    this.clock = clock;
    this.random = random;
    this.firnVersion = firnVersion;
  }

  /// Errors are [io.firn.failure.FirnException]: the plan's first stop where it is not runnable.
  public BackupReport run(BackupPlan plan, Vault vault, BackupListener listener) {
    throw new UnsupportedOperationException(
        "stub " + plan + vault.location() + listener + cluster + clock + random + firnVersion);
  }
}
