package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.ClusterOptions;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.MoverOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointSelection;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.RestoreFlags;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.RestoreText;
import io.firn.cli.progress.Progress;
import io.firn.cli.progress.RestoreProgress;
import io.firn.cluster.Cluster;
import io.firn.failure.ExitCode;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.restore.RestorePlan;
import io.firn.restore.RestorePlanner;
import io.firn.restore.RestoreReport;
import io.firn.restore.RestoreRequest;
import io.firn.restore.RestoreRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn restore`.
@Command(
    name = "restore",
    description = {
      "Bring virtual machines back from a point.",
      "",
      "Everything is looked at first, with the API server's own dry-run; a conflict stops the"
          + " restore before anything is touched. Killed halfway, the same command finishes it."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  firn restore latest --plan",
      "  firn restore latest -n shop --vm orders-db",
      "  firn restore latest -n shop --only-volume orders-data --rename orders-data=orders-old",
      "  firn restore latest -n shop -l app=orders",
      "  firn restore 20261124-2020 --vm orders-db --to-namespace lab \\",
      "      --rename orders-db=orders-copy --new-mac --new-firmware-uuid"
    })
public final class RestoreCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointSelection point = new PointSelection();

  @Option(names = "--plan", description = "Print what would be done; do nothing.")
  private boolean planOnly;

  @Mixin private RestoreFlags flags = new RestoreFlags();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private MoverOptions movers = new MoverOptions();
  @Mixin private LockOptions locks = new LockOptions();
  @Mixin private ClusterOptions clusters = new ClusterOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public RestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RestoreRequest request = flags.request(movers.template());
    try (Cluster cluster = clusters.connect(session);
        Vault vault = vaults.open(session, locks, movers)) {
      PointSummary summary = point.find(vault, clusters.namespace(), request.machines());
      RestorePlan plan;
      try (PointReader reader = PointReader.open(vault, summary)) {
        plan = new RestorePlanner(cluster, vault.moverAccess()).plan(reader, request);
      }
      if (planOnly) {
        output.print(session, RestoreText.of(plan));
        return plan.runnable() ? ExitCode.DONE : RestoreText.exitCode(plan);
      }
      return run(cluster, vault, plan);
    }
  }

  private int run(Cluster cluster, Vault vault, RestorePlan plan) {
    RestoreReport report;
    try (Progress progress = progresses.open(session)) {
      RestoreText.remarks(plan).forEach(progress::warning);
      report =
          new RestoreRunner(cluster, session.clock(), session.random())
              .run(plan, vault, new RestoreProgress(progress));
    }
    output.print(session, RestoreText.of(report));
    return report.warnings().isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
  }
}
