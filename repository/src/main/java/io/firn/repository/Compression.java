package io.firn.repository;

/// How hard a writer tries to make data smaller. Readers do not care, and what is stored already is
/// not stored anew. What each costs and saves is in docs/decisions/0026.
public enum Compression {
  FASTEST(1),
  BETTER(3),
  BEST(7);

  private final int level;

  Compression(int level) {
    this.level = level;
  }

  /// Of zstd.
  public int level() {
    return level;
  }
}
