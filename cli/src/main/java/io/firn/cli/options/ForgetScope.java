package io.firn.cli.options;

import io.firn.cli.output.References;
import io.firn.point.PointFilter;
import io.firn.retention.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whose points a policy is applied to. Removing things asks for a clear word: without points
/// named, either `-n` or `-A` must be given.
public final class ForgetScope {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only points of this namespace.")
  private @Nullable String namespace;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Points of all namespaces.")
  private boolean all;

  @Option(
      names = "--vm",
      paramLabel = "NAME",
      description =
          "Only the points of this machine (NAME, vm/NAME); may be repeated. A point that holds"
              + " other machines too stays.")
  private List<String> machines = new ArrayList<>();

  @Mixin private PointLabels labels = new PointLabels();

  /// For a policy.
  public PointFilter required() {
    if (all == (namespace != null)) {
      throw UsageFailure.of(
          all ? "-A and -n exclude one another" : "it is not said whose points to forget",
          "Give -n NAMESPACE, or -A for those of all namespaces.");
    }
    return filter();
  }

  /// For points that are named.
  public PointFilter filter() {
    return new PointFilter(Optional.ofNullable(namespace), Optional.empty(), labels.labels());
  }

  public boolean selects(Subject subject) {
    return machines.isEmpty()
        || machines.contains(subject.machine().name())
        || machines.contains(References.shortName(subject.machine()));
  }

  /// Whether points are named by their labels.
  public boolean namesLabels() {
    return labels.given();
  }

  /// Whether there is a restriction to some machines.
  public boolean namesMachines() {
    return !machines.isEmpty();
  }
}
