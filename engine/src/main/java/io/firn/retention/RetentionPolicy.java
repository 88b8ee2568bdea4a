package io.firn.retention;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// Which points of a machine to keep: those that any rule keeps. `zone` says where days begin.
/// `guardLevels` keeps, beyond the rules, the newest point of the best consistency level that a
/// machine ever reached, so that weaker ones never push out the last good one.
///
/// A policy without rules would forget everything and cannot be made.
public record RetentionPolicy(List<KeepRule> rules, ZoneId zone, boolean guardLevels) {
  public RetentionPolicy {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a policy has at least one rule");
    }
  }

  /// Days begin in UTC, and levels are guarded.
  public static RetentionPolicy of(KeepRule... rules) {
    return new RetentionPolicy(List.of(rules), ZoneOffset.UTC, true);
  }
}
