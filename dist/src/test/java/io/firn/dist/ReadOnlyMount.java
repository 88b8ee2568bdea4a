package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder that cannot be written, not even by root: a read-only bind mount in a mount namespace
/// of the process that sees it. Where the system allows none, tests are skipped, and fail in CI.
/// Stateless.
final class ReadOnlyMount {
  private static final List<List<String>> NAMESPACES =
      List.of(List.of("unshare", "-m"), List.of("unshare", "-Urm"));

  private ReadOnlyMount() {}

  /// What to put before a command line, so that its process and their children see that folder
  /// read-only.
  static List<String> prefix(Path folder) {
    for (List<String> namespace : NAMESPACES) {
      List<String> prefix = new ArrayList<>(namespace);
      String mount =
          "mount --bind '%1$s' '%1$s' && mount -o remount,ro,bind '%1$s' && exec \"$@\""
              .formatted(folder);
      prefix.addAll(List.of("sh", "-c", mount, "sh"));
      if (runs(prefix, "true") && !runs(prefix, "touch", folder.resolve("probe").toString())) {
        return prefix;
      }
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(false).as("no read-only mount can be made here").isTrue();
    }
    assumeTrue(false, "no read-only mount can be made here");
    return List.of();
  }

  private static boolean runs(List<String> prefix, String... command) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(List.of(command));
    try {
      return new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }
}
