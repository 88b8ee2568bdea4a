package io.firn.restore;

import java.util.Locale;

/// What to do where an object to be restored exists already and does not come from this restore.
public enum ConflictPolicy {
  /// The plan says so and nothing is touched.
  FAIL,
  /// What exists stays as it is, and what belongs to an existing machine is left alone.
  SKIP,
  /// The existing machine is stopped and deleted with its volumes, then restored.
  REPLACE;

  /// As users type it.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
