package io.firn.restore;

import io.firn.cluster.Cluster;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.graph.ObjectRef;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointReader;
import io.firn.point.Vault;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/// A restore as a process of its own, to be killed: prints each step as it begins, and `MOVING`
/// when a mover first tells how far it is. Arguments: kubeconfig, vault, namespace, name of the VM.
public final class RestoreMain {
  private RestoreMain() {}

  public static void main(String[] arguments) {
    try (Vault vault = RestoreShop.openVault(Path.of(arguments[1]), false);
        Cluster cluster = KubernetesCluster.connect(ConnectOptions.of(Path.of(arguments[0])))) {
      RestoreRequest request = RequestDraft.to(arguments[2]).only(arguments[3]).request();
      RestorePlan plan;
      try (PointReader reader =
          PointReader.open(
              vault,
              new PointCatalog(vault).find("latest", PointFilter.inNamespace(RestoreShop.SHOP)))) {
        plan = new RestorePlanner(cluster).plan(reader, request);
      }
      new RestoreRunner(cluster, InstantSource.system(), new Random())
          .run(plan, vault, new Printing());
    }
    say("DONE");
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static final class Printing implements RestoreListener {
    @Override
    public void step(Step step, String detail) {
      say(step.name());
    }

    @Override
    public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {
      say("MOVING");
    }

    @Override
    public void warning(String message) {}
  }
}
