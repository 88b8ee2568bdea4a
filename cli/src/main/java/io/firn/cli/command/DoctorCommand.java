package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.ClusterOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.output.DoctorText;
import io.firn.cli.output.MissingText;
import io.firn.cli.output.RightsText;
import io.firn.cluster.Cluster;
import io.firn.cluster.rights.Feature;
import io.firn.cluster.rights.MissingRights;
import io.firn.doctor.CureReport;
import io.firn.doctor.Doctor;
import io.firn.doctor.DoctorReport;
import io.firn.doctor.RightsReport;
import io.firn.doctor.RightsReview;
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
      description =
          "Look in every namespace: the default, unless -n names one or --rights is given.")
  private boolean allNamespaces;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Option(
      names = "--rights",
      description = "Only tell what this user may do with Firn, and print roles for the rest.")
  private boolean rights;

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
      if (rights) {
        return tellRights(cluster);
      }
      Doctor doctor = new Doctor(cluster, session.clock());
      DoctorReport report = doctor.examine(clusters.namespace().orElse(""));
      if (dryRun) {
        output.print(session, DoctorText.of(report));
        return whole(cluster, report) ? ExitCode.DONE : ExitCode.LOSSES;
      }
      CureReport cure = doctor.cure(report);
      output.print(session, DoctorText.of(report, cure));
      if (!cure.failed().isEmpty()) {
        return ExitCode.FAILED;
      }
      return whole(cluster, report) ? ExitCode.DONE : ExitCode.LOSSES;
    }
  }

  /// Whether everything could be read; else prints the roles that would let it.
  private boolean whole(Cluster cluster, DoctorReport report) {
    if (report.unknown().isEmpty()) {
      return true;
    }
    MissingRights missing =
        new RightsReview(cluster).missing(Feature.CLEANUP, clusters.namespace().orElse(""));
    session.terminal().err().print(MissingText.of(missing));
    return false;
  }

  private int tellRights(Cluster cluster) {
    String namespace = allNamespaces ? "" : clusters.namespace(cluster);
    RightsReport report = new RightsReview(cluster).of(namespace);
    output.print(session, RightsText.of(report));
    return report.missing().isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
  }
}
