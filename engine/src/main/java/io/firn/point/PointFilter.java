package io.firn.point;

import java.util.Map;
import java.util.Optional;

/// Which points to look at: those of a namespace, those that hold a machine of that name, those
/// that carry all these labels; each narrows.
public record PointFilter(
    Optional<String> namespace, Optional<String> machine, Map<String, String> labels) {
  public static final PointFilter ALL = new PointFilter(Optional.empty(), Optional.empty());

  public PointFilter {
    labels = Map.copyOf(labels);
  }

  public PointFilter(Optional<String> namespace, Optional<String> machine) {
    this(namespace, machine, Map.of());
  }

  public static PointFilter inNamespace(String namespace) {
    return new PointFilter(Optional.of(namespace), Optional.empty());
  }

  /// Points that hold that machine.
  public PointFilter withMachine(String name) {
    return new PointFilter(namespace, Optional.of(name), labels);
  }

  public boolean accepts(PointSummary point) {
    return namespace.map(n -> n.equals(point.namespace())).orElse(true)
        && machine
            .map(m -> point.machines().stream().anyMatch(ref -> ref.name().equals(m)))
            .orElse(true)
        && point.labels().entrySet().containsAll(labels.entrySet());
  }
}
