package io.firn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The Markdown that a run ends with: a table of times, one of sizes, and what else was measured.
@SuppressWarnings("AnnotateFormatMethod") // private, and used below only
final class Report {
  private final StringBuilder text = new StringBuilder();
  private final Map<Peer, Figures> figures;
  private final Peer firn;
  private final Peer restic;

  /// Firn is the first of the programs, the restic that it is measured against the second.
  Report(Map<Peer, Figures> figures) {
    this.figures = figures;
    List<Peer> peers = List.copyOf(figures.keySet());
    this.firn = peers.get(0);
    this.restic = peers.get(1);
  }

  String text() {
    return text.toString();
  }

  void heading(String command, long sizeBytes, int rounds) throws IOException {
    line("`%s` on %s.", command, machine());
    line("");
    line(
        "Disk of %d MiB, %d rounds, medians: wall s / user+system s / peak RSS MB.",
        sizeBytes >> 20, rounds);
    line("");
  }

  void times(long sizeBytes) {
    line(
        "| step | %s | Firn : %s | asked | |",
        figures.keySet().stream().map(Peer::name).collect(Collectors.joining(" | ")),
        restic.name());
    line("|---|%s---|---|---|", "---|".repeat(figures.size()));
    for (Step step : Step.values()) {
      step(step);
    }
    line("");
    of(firn)
        .median(Step.UNCHANGED)
        .ifPresent(unchanged -> {
          double rate = sizeBytes / unchanged.wallSeconds() / (1 << 30);
          line("* unchanged: %.2f GiB/s logical (asked: ≥ 2.4) %s", rate, met(rate >= 2.4));
        });
    of(firn)
        .median(Step.FULL)
        .ifPresent(full ->
            line(
                "* first full: %.1f processor seconds (asked: ≤ 12 for 8 GiB) %s",
                full.cpuSeconds(), met(full.cpuSeconds() <= 12)));
    double rss = of(firn).highestRss();
    line("* highest peak RSS: %.0f MB (asked: ≤ 400) %s", rss, met(rss <= 400));
  }

  void sizes(long changedBytes) {
    double full = ratio("full");
    line(
        "* repository after the first full: %s (asked: ≤ 1.03 × restic's, is %.3f) %s",
        each("full"), full, met(full <= 1.03));
    line("* added by 1 %% changed: %s (is %.3f × restic's)", each("added"), ratio("added"));
    line("* restored file takes: %s", each("restored"));
    long read = of(firn).bytes("read");
    if (read > 0) {
      double times = read / (double) changedBytes;
      line(
          "* read from the disk with changed ranges: %.1f MB, %.2f × the blocks that changed (asked: ≤ 1.5) %s",
          read / 1e6, times, met(times <= 1.5));
    }
  }

  void large(LargeDisk.Outcome outcome) {
    line(
        "* sparse disk of 1 TiB (2,097,152 blocks, 256 MiB of data): first %s, again %s, restore %s;"
            + " a point with nothing changed adds %.0f KB",
        outcome.first(), outcome.second(), outcome.restore(), outcome.bytesPerPoint() / 1e3);
  }

  void index(IndexSpeed.Outcome outcome) {
    line(
        "* index of 2,097,152 blobs: %.1f million lookups a second in one thread, %.1f bytes a blob"
            + " (asked: ≤ 40) %s",
        outcome.lookupsPerSecond() / 1e6,
        outcome.bytesPerBlob(),
        met(outcome.bytesPerBlob() <= 40));
  }

  private void step(Step step) {
    String cells =
        figures.values().stream()
            .map(f -> f.median(step).map(Measured::toString).orElse("–"))
            .collect(Collectors.joining(" | "));
    Optional<Measured> mine = of(firn).median(step);
    // With changed ranges: against restic, which has to read all.
    Step against = step == Step.RANGES ? Step.CHANGED : step;
    Optional<Measured> theirs = of(restic).median(against);
    if (mine.isEmpty() || theirs.isEmpty()) {
      return;
    }
    double ratio = mine.get().wallSeconds() / theirs.get().wallSeconds();
    line(
        "| %s | %s | %.3f | ≤ %.3f | %s |",
        step.title(), cells, ratio, step.limit(), met(ratio <= step.limit()));
  }

  private Figures of(Peer peer) {
    return figures.getOrDefault(peer, new Figures());
  }

  private double ratio(String what) {
    return of(firn).bytes(what) / (double) of(restic).bytes(what);
  }

  private String each(String what) {
    return figures.entrySet().stream()
        .map(e -> format("%s %.1f MB", e.getKey().name(), e.getValue().bytes(what) / 1e6))
        .collect(Collectors.joining(", "));
  }

  private static String machine() throws IOException {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(row -> row.startsWith("model name"))
            .map(row -> row.substring(row.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown processor");
    String memory =
        Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("[^0-9]", "");
    return format(
        "%d × %s, %d GiB, Linux %s, Java %s, load %s before",
        Runtime.getRuntime().availableProcessors(),
        cpu,
        Math.round(Long.parseLong(memory) / 1048576.0),
        System.getProperty("os.version"),
        Runtime.version(),
        Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
  }

  private static String met(boolean met) {
    return met ? "met" : "**not met**";
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format(format, values)).append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
