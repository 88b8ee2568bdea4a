package io.firn.backup;

import io.firn.graph.ObjectGraph;
import java.util.List;

/// What becomes one point: the machines of one namespace (decision 0004).
public record NamespacePlan(
    String namespace,
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
