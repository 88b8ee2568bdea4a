package io.firn.backup;

import io.firn.cluster.Cluster;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.LocalBackends;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/// A backup as a process of its own, to be killed: prints each step as it begins. Arguments:
/// kubeconfig, vault, namespace, name of the VM.
public final class BackupMain {
  private BackupMain() {}

  public static void main(String[] arguments) {
    ObjectRef vm = ObjectRef.of(Kinds.VIRTUAL_MACHINE, arguments[2], arguments[3]);
    try (Password password = new Password("snow".toCharArray());
        Vault vault =
            Vault.open(VaultLocation.parse(arguments[1]), password, LocalBackends.unmounted());
        Cluster cluster = KubernetesCluster.connect(ConnectOptions.of(Path.of(arguments[0])))) {
      BackupPlan plan =
          new BackupPlanner(cluster, InstantSource.system()).plan(SimulatedShop.request(vm));
      new BackupRunner(cluster, InstantSource.system(), new Random(), "test")
          .run(plan, vault, new Printing());
    }
    System.out.println("DONE");
  }

  private static final class Printing implements BackupListener {
    @Override
    public void step(Step step, String detail) {
      System.out.println(step);
      System.out.flush();
    }

    @Override
    public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {}

    @Override
    public void warning(String message) {}
  }
}
