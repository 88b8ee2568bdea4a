package io.firn.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Commands that are part of the stage, not of what is measured.
final class Shell {
  private Shell() {}

  /// Runs a command that must succeed; returns what it printed.
  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", List.of(command)) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }
}
