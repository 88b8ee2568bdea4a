package io.firn.bench;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.LocalBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Many points in one repository: listed, opened, forgotten, pruned; by Firn, and by stock restic
/// in a copy. Each step is a process of its own. `SCRATCH POINTS`; prints a Markdown table.
final class ManyPoints {
  static final String PASSWORD = "bench";
  static final String DISK = "/shop/disk.img";

  private static final int DISK_BYTES = 64 << 20;
  private static final int PIECES_CHANGED = 10;
  private static final int KEEP = 30;
  private static final Set<String> PRUNES = Set.of("plan", "prune");
  private static final DiskOptions OPTIONS = new DiskOptions(64 << 10, 2);

  private final Path scratch;
  private final Stopwatch stopwatch;
  private final List<String> rows = new ArrayList<>();

  private ManyPoints(Path scratch) {
    this.scratch = scratch;
    this.stopwatch = new Stopwatch(scratch);
  }

  public static void main(String[] arguments) throws IOException {
    new ManyPoints(Path.of(arguments[0])).run(Integer.parseInt(arguments[1]));
  }

  private void run(int points) throws IOException {
    Path ours = scratch.resolve("points");
    Path theirs = scratch.resolve("points-restic");
    fill(ours, points);
    Shell.run("cp", "-r", ours.toString(), theirs.toString());
    String before = size(ours);
    step("list", List.of("list", "" + ours), restic(theirs, "snapshots", "-c"));
    step("find the newest disk", List.of("read", "" + ours), restic(theirs, "ls", "latest", DISK));
    step(
        "forget all but " + KEEP,
        List.of("forget", "" + ours, "" + KEEP),
        restic(theirs, "forget", "--keep-last", "" + KEEP, "--group-by", "host"));
    step("plan a prune", List.of("plan", "" + ours), restic(theirs, "prune", "--dry-run"));
    step("prune", List.of("prune", "" + ours), restic(theirs, "prune"));
    Shell.run(
        "env",
        "RESTIC_PASSWORD=" + PASSWORD,
        "restic",
        "--no-cache",
        "-r",
        "" + ours,
        "check",
        "--read-data");
    System.out.printf(
        "%d points of %d MiB, %d pieces of 64 KiB changed between each two%n%n",
        points, DISK_BYTES >> 20, PIECES_CHANGED);
    System.out.println("| step | restic: wall s / processor s / peak MB | Firn |");
    System.out.println("|---|---|---|");
    rows.forEach(System.out::println);
    System.out.printf(
        "%nsize: %s before, %s after Firn's prune, %s after restic's%n",
        before, size(ours), size(theirs));
  }

  private static void fill(Path where, int points) {
    ChangingDisk disk = new ChangingDisk(DISK_BYTES, 1);
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    try (Repository repository =
        Repository.init(new LocalBackend(where), new Password(PASSWORD.toCharArray()))) {
      for (int i = 0; i < points; i++) {
        store(repository, disk, time.plusSeconds(3600L * i));
        disk.overwrite(PIECES_CHANGED);
      }
    }
  }

  private static void store(Repository repository, ChangingDisk disk, Instant time) {
    try (RepositoryWriter writer = repository.writer()) {
      DiskOutcome outcome = writer.writeDisk(disk, OPTIONS, TransferListener.SILENT);
      TreeId folder = writer.writeTree(List.of(Node.file("disk.img", time, outcome.file())));
      TreeId root = writer.writeTree(List.of(Node.folder("shop", time, folder)));
      writer.writeSnapshot(
          new Snapshot(
              time,
              root,
              List.of("/shop"),
              "bench",
              "bench",
              List.of(),
              "firn bench",
              Optional.empty(),
              Optional.empty()));
    }
  }

  private void step(String name, List<String> ours, List<String> theirs) throws IOException {
    Measured restic = stopwatch.time(theirs, Map.of("RESTIC_PASSWORD", PASSWORD));
    Measured firn = stopwatch.time(java(ours), Map.of());
    rows.add(String.format(Locale.ROOT, "| %s | %s | %s |", name, restic, firn));
  }

  /// With the launcher's flags for commands: one compiler only, but for what hashes and decrypts.
  private static List<String> java(List<String> step) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                PRUNES.contains(step.getFirst())
                    ? "-XX:+TieredCompilation"
                    : "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PointsStep.class.getName()));
    line.addAll(step);
    return line;
  }

  private static List<String> restic(Path repository, String... arguments) {
    List<String> line = new ArrayList<>(List.of("restic", "--no-cache", "-r", "" + repository));
    line.addAll(List.of(arguments));
    return line;
  }

  private static String size(Path folder) throws IOException {
    long bytes = Long.parseLong(Shell.run("du", "-s", "-b", folder.toString()).split("\\s")[0]);
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
