package io.firn.cli.command;

import io.firn.cli.options.UsageFailure;
import io.firn.repository.TreeId;

/// The ID of a tree on a command line.
final class TreeArgument {
  private TreeArgument() {}

  static TreeId parse(String hex) {
    try {
      return TreeId.of(hex);
    } catch (IllegalArgumentException e) {
      throw UsageFailure.of(
          "'" + hex + "' is no tree ID: " + e.getMessage(),
          "Give the 64 hex digits that 'firn mover backup' printed as \"tree\".");
    }
  }
}
