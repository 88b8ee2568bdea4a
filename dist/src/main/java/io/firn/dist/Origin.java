package io.firn.dist;

/// Whether a part of a cluster is the simulator's or the real one.
enum Origin {
  SIMULATOR,
  REAL;

  /// As it is typed.
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
