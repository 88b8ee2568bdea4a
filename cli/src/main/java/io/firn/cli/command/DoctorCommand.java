package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.ClusterOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.output.DoctorText;
import io.firn.cluster.Cluster;
import io.firn.doctor.CureReport;
import io.firn.doctor.Doctor;
import io.firn.doctor.DoctorReport;
import io.firn.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn doctor`.
@Command(
    name = "doctor",
    description =
        "Remove what killed runs have left in the cluster, and thaw guests that nobody holds.",
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Look in every namespace: the default, unless -n names one.")
  private boolean allNamespaces;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Mixin private ClusterOptions clusters = new ClusterOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (allNamespaces && clusters.namespace().isPresent()) {
      throw UsageFailure.of("-A and -n exclude one another", "Leave out one of them.");
    }
    try (Cluster cluster = clusters.connect(session)) {
      Doctor doctor = new Doctor(cluster, session.clock());
      DoctorReport report = doctor.examine(clusters.namespace().orElse(""));
      if (dryRun) {
        output.print(session, DoctorText.of(report));
        return report.unknown().isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
      }
      CureReport cure = doctor.cure(report);
      output.print(session, DoctorText.of(report, cure));
      if (!cure.failed().isEmpty()) {
        return ExitCode.FAILED;
      }
      return report.unknown().isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
    }
  }
}
