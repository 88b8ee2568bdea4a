package io.firn.restore;

/// KubeVirt's run strategies that a restored machine can be given.
public enum RunStrategy {
  ALWAYS("Always"),
  HALTED("Halted"),
  MANUAL("Manual"),
  ONCE("Once"),
  RERUN_ON_FAILURE("RerunOnFailure");

  private final String label;

  RunStrategy(String label) {
    this.label = label;
  }

  /// As KubeVirt writes it.
  public String label() {
    return label;
  }
}
