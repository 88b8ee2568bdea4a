package io.firn.cli.options;

import io.firn.backup.Selection;
import io.firn.cluster.Cluster;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which machines: by name, by label, or all.
public final class MachineSelection {
  @Parameters(
      paramLabel = "KIND/NAME",
      arity = "0..*",
      description =
          "Machines, as KIND/NAME… or KIND NAME…; kinds: vm, vmi, vmirs, vmpool. Without a machine:"
              + " pvc, dv (the claim with its data), cm, secret, sa, svc.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description =
          "All virtual machines with these labels, as in kubectl; or objects of other kinds, see"
              + " --resources.")
  private @Nullable String selector;

  @Option(names = "--all", description = "Every machine of the namespace.")
  private boolean all;

  @Option(
      names = "--resources",
      paramLabel = "KIND",
      split = ",",
      description =
          "With -l or --all: the kinds to look at, by commas: vm, vmi, vmirs, vmpool, pvc, dv, cm,"
              + " secret, sa, svc; default: vm with -l, every machine with --all. A claim that"
              + " comes with a machine is not taken twice.")
  private Set<String> resources = new LinkedHashSet<>();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "With -l or --all: in every namespace.")
  private boolean allNamespaces;

  /// What was selected; asks the cluster for nothing but its default namespace.
  public List<Selection> selections(ClusterOptions options, Cluster cluster) {
    boolean byRule = selector != null || all;
    if (names.isEmpty() && !byRule) {
      throw UsageFailure.of(
          "no machine was named", "Give KIND/NAME (vm/orders-db), -l SELECTOR, or --all.");
    }
    if ((!names.isEmpty() && byRule) || (selector != null && all)) {
      throw UsageFailure.of(
          "names, -l and --all exclude one another", "Give only one of KIND/NAME, -l and --all.");
    }
    if (allNamespaces && (!byRule || options.namespace().isPresent())) {
      throw UsageFailure.of("-A goes with -l or --all, and without -n", "Leave out -A or -n.");
    }
    if (!resources.isEmpty() && !byRule) {
      throw UsageFailure.of(
          "--resources goes with -l or --all", "Leave it out: names say their kind.");
    }
    List<ResourceKind> kinds = resources.stream().map(MachineNames::resource).toList();
    String namespace = allNamespaces ? "" : options.namespace(cluster);
    if (selector != null) {
      return List.of(
          kinds.isEmpty()
              ? new Selection.Labelled(namespace, selector)
              : new Selection.Labelled(namespace, selector, kinds));
    }
    return all
        ? List.of(
            kinds.isEmpty() ? new Selection.All(namespace) : new Selection.All(namespace, kinds))
        : MachineNames.parse(names, namespace).stream()
            .<Selection>map(Selection.Named::new)
            .toList();
  }
}
