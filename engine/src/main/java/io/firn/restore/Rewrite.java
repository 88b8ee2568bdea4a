package io.firn.restore;

import java.util.Optional;

/// One change to a captured definition: the JSON path, what stood there and what stands there now
/// (empty: nothing), and why. `scope` tells the fields that every restore drops from those that a
/// reader of the plan wants to see.
public record Rewrite(
    String path, Optional<String> before, Optional<String> after, String reason, Scope scope) {

  /// Who cares about a change.
  public enum Scope {
    /// The field belonged to the old cluster's bookkeeping.
    BOOKKEEPING,
    /// The machine, or how it is restored, changes.
    CHANGE
  }

  /// `path: before → after`.
  @Override
  public String toString() {
    return path + ": " + before.orElse("(none)") + " → " + after.orElse("(removed)");
  }
}
