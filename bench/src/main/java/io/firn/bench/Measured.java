package io.firn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What one run of a command took: seconds of wall and of processor, peak memory in MiB.
record Measured(double wall, double cpu, double rssMebibytes) {
  private static final Path TIME = Path.of("/usr/bin/time");

  /// Runs a command that must succeed. Processor and memory need GNU time and are 0 without it.
  static Measured run(Path scratch, List<String> command) throws IOException {
    Path figures = scratch.resolve("figures");
    boolean timed = Files.isExecutable(TIME);
    List<String> whole = new ArrayList<>();
    if (timed) {
      whole.addAll(List.of(TIME.toString(), "-f", "%U %S %M", "-o", figures.toString()));
    }
    whole.addAll(command);
    Path log = scratch.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.environment().put("RESTIC_PASSWORD", "bench");
    builder.redirectOutput(log.toFile());
    long begin = System.nanoTime();
    try {
      if (builder.start().waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    double wall = (System.nanoTime() - begin) / 1e9;
    if (!timed) {
      return new Measured(wall, 0, 0);
    }
    String[] fields = Files.readString(figures).strip().split(" ");
    return new Measured(
        wall,
        Double.parseDouble(fields[0]) + Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]) / 1024);
  }

  /// Medians of each figure.
  static Measured median(List<Measured> runs) {
    return new Measured(
        middle(runs.stream().mapToDouble(Measured::wall).sorted().toArray()),
        middle(runs.stream().mapToDouble(Measured::cpu).sorted().toArray()),
        middle(runs.stream().mapToDouble(Measured::rssMebibytes).sorted().toArray()));
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f / %.2f / %.0f", wall, cpu, rssMebibytes);
  }
}
