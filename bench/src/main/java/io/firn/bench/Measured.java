package io.firn.bench;

import java.util.List;
import java.util.Locale;

/// What one run of a command took: seconds of wall and of processor, peak memory, file blocks that
/// it wrote.
record Measured(double wallSeconds, double cpuSeconds, double rssMegabytes) {

  /// Medians of each figure. `runs` is not empty.
  static Measured median(List<Measured> runs) {
    return new Measured(
        middle(runs.stream().mapToDouble(Measured::wallSeconds).sorted().toArray()),
        middle(runs.stream().mapToDouble(Measured::cpuSeconds).sorted().toArray()),
        middle(runs.stream().mapToDouble(Measured::rssMegabytes).sorted().toArray()));
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f / %.2f / %.0f", wallSeconds, cpuSeconds, rssMegabytes);
  }
}
