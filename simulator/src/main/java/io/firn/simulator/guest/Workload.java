package io.firn.simulator.guest;

/// How busy modelled guests are: records committed a second at most.
public record Workload(int recordsPerSecond) {
  public static final Workload DEFAULT = new Workload(200);

  public Workload {
    if (recordsPerSecond < 1) {
      throw new IllegalArgumentException("recordsPerSecond is " + recordsPerSecond);
    }
  }
}
