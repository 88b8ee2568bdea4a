package io.firn.dist;

import io.firn.cli.options.UsageFailure;
import io.firn.simulator.ControlPlane;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which of the cluster's parts are real. Mixed into every command that starts a cluster.
final class ControlPlaneOptions {
  @Option(
      names = "--api",
      paramLabel = "simulator|real",
      defaultValue = "simulator",
      description = {
        "API server: the simulator's, or a real kube-apiserver with etcd and its controllers.",
        "real builds it on first use from its sources, which takes Go and some minutes."
      })
  private Origin api = Origin.SIMULATOR;

  @Option(
      names = "--kubevirt",
      paramLabel = "simulator|real",
      defaultValue = "simulator",
      description = "KubeVirt's virt-api and virt-controller; real needs --api real.")
  private Origin kubeVirt = Origin.SIMULATOR;

  @Option(
      names = "--cdi",
      paramLabel = "simulator|real",
      defaultValue = "simulator",
      description = "CDI's controllers; real needs --api real.")
  private Origin cdi = Origin.SIMULATOR;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = {
        "Use a cluster without nodes that runs on this machine already. What it lacks is installed,"
            + " what it has is left alone, and what was installed is removed at the end."
      })
  private @Nullable Path kubeconfig;

  /// Starts what has to be started and answers where it is; closing that ends it.
  PlaneLease open(PrintStream progress) {
    if (kubeconfig != null) {
      return existing(kubeconfig);
    }
    List<String> sets = new ArrayList<>();
    if (kubeVirt == Origin.REAL) {
      sets.add("--kubevirt");
    }
    if (cdi == Origin.REAL) {
      sets.add("--cdi");
    }
    if (api == Origin.SIMULATOR && !sets.isEmpty()) {
      throw UsageFailure.of(
          String.join(" and ", sets) + " real cannot run on the simulator's API server",
          "Add --api real.");
    }
    return api == Origin.SIMULATOR
        ? new PlaneLease(ControlPlane.EMBEDDED, () -> {})
        : RealPlane.start(sets, progress);
  }

  private PlaneLease existing(Path file) {
    if (api == Origin.REAL || kubeVirt == Origin.REAL || cdi == Origin.REAL) {
      throw UsageFailure.of(
          "--kubeconfig and a real --api, --kubevirt or --cdi exclude each other",
          "With --kubeconfig, what runs in that cluster is used as it is.");
    }
    if (!Files.isRegularFile(file)) {
      throw UsageFailure.of(
          "there is no kubeconfig at " + file, "Name the file of a cluster that runs.");
    }
    return new PlaneLease(new ControlPlane.Existing(file.toAbsolutePath()), () -> {});
  }

  /// As they were typed, for a command line to be shown; "" where all is the simulator's.
  String shown() {
    StringBuilder shown = new StringBuilder();
    if (kubeconfig != null) {
      shown.append(" --kubeconfig ").append(kubeconfig);
    }
    if (api == Origin.REAL) {
      shown.append(" --api real");
    }
    if (kubeVirt == Origin.REAL) {
      shown.append(" --kubevirt real");
    }
    if (cdi == Origin.REAL) {
      shown.append(" --cdi real");
    }
    return shown.toString();
  }
}
