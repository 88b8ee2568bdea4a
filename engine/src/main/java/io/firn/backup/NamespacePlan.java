package io.firn.backup;

import io.firn.graph.ObjectGraph;
import io.firn.point.Domain;
import java.util.List;

/// What becomes one point: the machines of one namespace (decision 0004), or one of them where the
/// vault has a domain for each (decision 0017).
public record NamespacePlan(
    String namespace,
    Domain domain,
    List<PlannedMachine> machines,
    List<PlannedVolume> volumes,
    List<ExcludedClaim> excluded,
    ObjectGraph graph) {
  public NamespacePlan {
    machines = List.copyOf(machines);
    volumes = List.copyOf(volumes);
    excluded = List.copyOf(excluded);
  }
}
