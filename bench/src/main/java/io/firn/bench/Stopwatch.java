package io.firn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs commands under GNU time. Before each one what others wrote is brought to the disk, so that
/// nobody pays for his predecessor.
final class Stopwatch {
  private final Path figures;
  private final Path log;

  Stopwatch(Path scratch) {
    this.figures = scratch.resolve("time");
    this.log = scratch.resolve("output");
  }

  /// Runs a command that must succeed.
  Measured time(List<String> command, Map<String, String> environment) throws IOException {
    Shell.run("sync");
    List<String> line =
        new ArrayList<>(List.of("/usr/bin/time", "-q", "-f", "%e %U %S %M", "-o", "" + figures));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(log.toFile());
    long begin = System.nanoTime();
    int exit = exitCode(builder.start());
    double wall = (System.nanoTime() - begin) / 1e9;
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + ": exit " + exit + ": " + output());
    }
    String[] fields = Files.readString(figures).strip().split(" ");
    return new Measured(
        wall,
        Double.parseDouble(fields[1]) + Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]) * 1024 / 1e6);
  }

  /// What the last command printed.
  String output() throws IOException {
    return Files.readString(log);
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
