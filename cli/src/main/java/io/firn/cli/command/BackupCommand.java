package io.firn.cli.command;

import io.firn.backup.BackupOptions;
import io.firn.backup.BackupPlan;
import io.firn.backup.BackupPlanner;
import io.firn.backup.BackupReport;
import io.firn.backup.BackupRequest;
import io.firn.backup.BackupRunner;
import io.firn.cli.FirnVersion;
import io.firn.cli.Session;
import io.firn.cli.options.ClusterOptions;
import io.firn.cli.options.CompressionOptions;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.MachineSelection;
import io.firn.cli.options.MoverOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointLabels;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.BackupPlanText;
import io.firn.cli.output.BackupReportText;
import io.firn.cli.progress.BackupProgress;
import io.firn.cli.progress.Progress;
import io.firn.cluster.Cluster;
import io.firn.failure.ExitCode;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Vault;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn backup`.
@Command(
    name = "backup",
    description = {
      "Take a recovery point of virtual machines.",
      "",
      "Freezes the running guests, snapshots all their disks, thaws, and moves the disks'"
          + " blocks and the definitions into the vault. One point a namespace, or one a machine"
          + " where the vault has a domain for each (firn vault init --domains)."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  firn backup vm/orders-db vm/web -n shop",
      "  firn backup -l tier=gold -A --consistency filesystem",
      "  firn backup vm/orders-db --plan",
      "  firn backup --all -n shop --label name=before-upgrade",
      "  firn backup pvc/exports cm/settings -n shop",
      "",
      "Exit code 3: the point exists, at a weaker consistency than it could have had."
    })
public final class BackupCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private MachineSelection machines = new MachineSelection();

  @Mixin private PointLabels labels = new PointLabels();

  @Option(names = "--plan", description = "Print what would be done; do nothing.")
  private boolean planOnly;

  @Option(
      names = "--consistency",
      paramLabel = "LEVEL",
      description =
          "Fail rather than take a point weaker than this: one of crash, filesystem,"
              + " application.")
  private @Nullable ConsistencyLevel demanded;

  @Option(
      names = "--exclude-volume",
      paramLabel = "PVC",
      description = "Leave out this claim (NAME or NAMESPACE/NAME); may be repeated.")
  private Set<String> excluded = new LinkedHashSet<>();

  @Option(
      names = "--unfreeze-timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Guests thaw by themselves after this; default: ${DEFAULT-VALUE}.")
  private int unfreezeSeconds = 120;

  @Option(
      names = "--snapshot-deadline",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description = "Longest wait for all disks to be cut; default: ${DEFAULT-VALUE}.")
  private int snapshotSeconds = 90;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = "Movers at once; default: ${DEFAULT-VALUE}.")
  private int parallel = 4;

  @Mixin private CompressionOptions compressing = new CompressionOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private MoverOptions movers = new MoverOptions();
  @Mixin private LockOptions locks = new LockOptions();
  @Mixin private ClusterOptions clusters = new ClusterOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public BackupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Cluster cluster = clusters.connect(session)) {
      BackupRequest request = request(cluster);
      if (planOnly) {
        BackupPlan plan = planner(cluster).plan(request);
        output.print(session, BackupPlanText.of(plan));
        return plan.stops().stream()
            .findFirst()
            .map(stop -> ExitCode.of(stop.code()))
            .orElse(ExitCode.DONE);
      }
      // The vault first: a wrong password should not cost a walk through the cluster.
      try (Vault vault = vaults.open(session, locks, movers)) {
        return take(cluster, vault, request);
      }
    }
  }

  /// A plan needs no vault; where one is named, it is planned for that one.
  private BackupPlanner planner(Cluster cluster) {
    if (!vaults.named(session)) {
      return new BackupPlanner(cluster, session.clock());
    }
    try (Vault vault = vaults.open(session, locks, movers)) {
      return planner(cluster, vault);
    }
  }

  private BackupPlanner planner(Cluster cluster, Vault vault) {
    return new BackupPlanner(cluster, session.clock(), vault.domainPolicy(), vault.moverAccess());
  }

  private int take(Cluster cluster, Vault vault, BackupRequest request) {
    BackupRunner runner =
        new BackupRunner(cluster, session.clock(), session.random(), FirnVersion.get());
    BackupReport report;
    try (Progress progress = progresses.open(session)) {
      progress.step("plan", "");
      BackupPlan plan = planner(cluster, vault).plan(request);
      BackupPlanText.remarks(plan).forEach(progress::warning);
      report = runner.run(plan, vault, new BackupProgress(progress));
    }
    output.print(session, BackupReportText.of(report));
    return report.losses().isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
  }

  private BackupRequest request(Cluster cluster) {
    BackupOptions standard = BackupOptions.DEFAULT;
    BackupOptions options =
        new BackupOptions(
            Duration.ofSeconds(unfreezeSeconds),
            Duration.ofSeconds(snapshotSeconds),
            standard.readyDeadline(),
            standard.exportDeadline(),
            parallel,
            standard.moverRetries(),
            movers.template(),
            standard.blockSizeBytes(),
            standard.workers(),
            compressing.compression());
    return new BackupRequest(
        machines.selections(clusters, cluster),
        Optional.ofNullable(demanded),
        excluded,
        options,
        labels.labels());
  }
}
