package io.firn.backup;

import io.firn.cluster.rights.MissingRights;
import io.firn.point.ConsistencyLevel;
import java.util.List;
import java.util.Optional;

/// What a backup will capture, how, and at which consistency. A value: printing and running it show
/// and do the same. `missing` are the rights that this user lacks of all that a backup uses.
public record BackupPlan(
    BackupRequest request,
    List<NamespacePlan> namespaces,
    List<PlanFinding> findings,
    MissingRights missing) {
  public BackupPlan {
    namespaces = List.copyOf(namespaces);
    findings = List.copyOf(findings);
  }

  /// Whether nothing stops it.
  public boolean runnable() {
    return stops().isEmpty();
  }

  /// The findings that stop it.
  public List<PlanFinding> stops() {
    return findings.stream().filter(f -> f.weight() == PlanFinding.Weight.STOP).toList();
  }

  public List<PlannedMachine> machines() {
    return namespaces.stream().flatMap(n -> n.machines().stream()).toList();
  }

  public List<PlannedVolume> volumes() {
    return namespaces.stream().flatMap(n -> n.volumes().stream()).toList();
  }

  public List<ExcludedClaim> excluded() {
    return namespaces.stream().flatMap(n -> n.excluded().stream()).toList();
  }

  /// The weakest level among the machines; empty for a plan without any.
  public Optional<ConsistencyLevel> expected() {
    return machines().stream().map(PlannedMachine::expected).min(ConsistencyLevel::compareTo);
  }
}
