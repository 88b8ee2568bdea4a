package io.firn.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What was measured of one program: times by step, bytes by name.
final class Figures {
  private final Map<Step, List<Measured>> runs = new EnumMap<>(Step.class);
  private final Map<String, List<Long>> bytes = new TreeMap<>();

  void add(Step step, Measured measured) {
    runs.computeIfAbsent(step, key -> new ArrayList<>()).add(measured);
  }

  void addBytes(String what, long count) {
    bytes.computeIfAbsent(what, key -> new ArrayList<>()).add(count);
  }

  Optional<Measured> median(Step step) {
    return Optional.ofNullable(runs.get(step)).map(Measured::median);
  }

  /// The median, or 0 where it was not measured.
  long bytes(String what) {
    List<Long> counts = bytes.getOrDefault(what, List.of()).stream().sorted().toList();
    return counts.isEmpty() ? 0 : counts.get(counts.size() / 2);
  }

  double highestRss() {
    return runs.values().stream()
        .flatMap(List::stream)
        .mapToDouble(Measured::rssMegabytes)
        .max()
        .orElse(0);
  }
}
