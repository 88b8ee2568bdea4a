package io.firn.graph;

/// What a relation means for bringing the machine back.
public enum Need {
  /// Without it the machine does not start.
  REQUIRED,
  /// A prerequisite that may come from the target cluster, or that the machine can live without.
  OPTIONAL,
  /// Made anew by the cluster; recorded, never restored.
  DERIVED,
  /// Restoring it would do an action again, or break the target.
  NEVER_RESTORE
}
