package io.firn.restore;

import io.firn.cluster.rights.MissingRights;
import io.firn.point.Domain;
import io.firn.point.PointName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a restore will do, in the order in which it will be done. A value: printing and running it
/// show and do the same. `mark` is `point/hash`, the same whenever the same point is planned with
/// the same request; objects carry it while the restore is going on. `namespaceLabels` are those of
/// the namespace where it has to be made. `missing` are the rights that this user lacks of all that
/// this restore uses.
public record RestorePlan(
    PointName point,
    Domain domain,
    String sourceNamespace,
    String targetNamespace,
    boolean createNamespace,
    Map<String, String> namespaceLabels,
    String mark,
    RestoreRequest request,
    List<RestoreAction> actions,
    List<PlannedMachine> machines,
    List<RestoreFinding> findings,
    MissingRights missing) {
  public RestorePlan {
    namespaceLabels = Map.copyOf(namespaceLabels);
    actions = List.copyOf(actions);
    machines = List.copyOf(machines);
    findings = List.copyOf(findings);
  }

  /// The same with more findings.
  RestorePlan with(List<RestoreFinding> more) {
    List<RestoreFinding> all = new ArrayList<>(findings);
    all.addAll(more);
    return new RestorePlan(
        point,
        domain,
        sourceNamespace,
        targetNamespace,
        createNamespace,
        namespaceLabels,
        mark,
        request,
        actions,
        machines,
        all,
        missing);
  }

  /// Whether nothing stops it.
  public boolean runnable() {
    return conflicts().isEmpty() && stops().isEmpty();
  }

  public List<RestoreAction.Conflict> conflicts() {
    return of(RestoreAction.Conflict.class);
  }

  /// The findings that stop it.
  public List<RestoreFinding> stops() {
    return findings.stream().filter(f -> f.weight() == RestoreFinding.Weight.STOP).toList();
  }

  public List<RestoreAction.Populate> populates() {
    return of(RestoreAction.Populate.class);
  }

  /// Logical size of all volumes to be written, in bytes.
  public long totalBytes() {
    return populates().stream().mapToLong(p -> p.content().sizeBytes()).sum();
  }

  /// The actions of one sort, in order.
  public <T extends RestoreAction> List<T> of(Class<T> sort) {
    return actions.stream().filter(sort::isInstance).map(sort::cast).toList();
  }
}
