package io.firn.cli.output;

import java.util.List;

/// What is hurt in one point, in one line. Stateless.
final class HurtPaths {
  /// More than a point has disks; snapshots of restic's may have more files.
  private static final int MOST = 100;

  private HurtPaths() {}

  static String text(List<String> paths) {
    return paths.size() <= MOST
        ? String.join(", ", paths)
        : "%s and %d files more: -o json names them"
            .formatted(String.join(", ", paths.subList(0, MOST)), paths.size() - MOST);
  }
}
