package io.firn.restore;

import io.firn.backup.BackupListener;
import io.firn.backup.BackupOptions;
import io.firn.backup.BackupPlan;
import io.firn.backup.BackupPlanner;
import io.firn.backup.BackupReport;
import io.firn.backup.BackupRequest;
import io.firn.backup.BackupRunner;
import io.firn.backup.Selection;
import io.firn.cluster.Cluster;
import io.firn.cluster.MoverTemplate;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.repository.Compression;
import io.firn.simulator.ClusterUser;
import io.firn.simulator.SimulatedCluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Somebody with the rights that they were given, and what they do with them. `subject` is that of
/// bindings.
record LimitedUser(Cluster cluster, String subject) implements AutoCloseable {
  private static final BackupOptions OPTIONS =
      new BackupOptions(
          Duration.ofSeconds(180),
          Duration.ofSeconds(150),
          Duration.ofSeconds(150),
          Duration.ofMinutes(10),
          2,
          1,
          MoverTemplate.STANDARD.withImage("firn:test"),
          0,
          1,
          Compression.FASTEST);

  static LimitedUser make(SimulatedCluster simulator, String name) {
    ClusterUser user = simulator.user(name);
    return new LimitedUser(
        KubernetesCluster.connect(ConnectOptions.of(user.kubeconfig())), user.subject().toString());
  }

  BackupPlan planBackup(String namespace) {
    BackupRequest request =
        new BackupRequest(
            List.of(new Selection.All(namespace)), Optional.empty(), Set.of(), OPTIONS);
    return new BackupPlanner(cluster, InstantSource.system()).plan(request);
  }

  BackupReport backUp(Vault vault, BackupPlan plan) {
    return new BackupRunner(cluster, InstantSource.system(), new Random(), "test")
        .run(plan, vault, BackupListener.SILENT);
  }

  RestorePlan planRestore(Vault vault, PointSummary point, RestoreRequest request) {
    try (PointReader reader = PointReader.open(vault, point)) {
      return new RestorePlanner(cluster).plan(reader, request);
    }
  }

  RestoreReport restore(Vault vault, RestorePlan plan) {
    return new RestoreRunner(cluster, InstantSource.system(), new Random())
        .run(plan, vault, RestoreListener.SILENT);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
