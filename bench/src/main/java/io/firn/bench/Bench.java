package io.firn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Firn against stock restic on a generated disk: first full, 1 % changed, unchanged, restore. The
/// two take turns within each round, so that a busy machine is busy for both.
///
/// Arguments: scratch folder, size of the disk in MiB, rounds. Prints a Markdown table.
public final class Bench {
  private final Path scratch;
  private final long sizeBytes;
  private final Map<String, List<Measured>> figures = new LinkedHashMap<>();
  private final Map<String, Long> storedBytes = new LinkedHashMap<>();

  private Bench(Path scratch, long sizeBytes) {
    this.scratch = scratch;
    this.sizeBytes = sizeBytes;
  }

  public static void main(String[] arguments) throws IOException {
    Path scratch = Files.createDirectories(Path.of(arguments[0]));
    Bench bench = new Bench(scratch, Long.parseLong(arguments[1]) << 20);
    int rounds = Integer.parseInt(arguments[2]);
    Path original = scratch.resolve("original.img");
    Path disk = scratch.resolve("disk.img");
    new DiskImage(original, bench.sizeBytes)
        .generate(Stream.of("/usr/bin", "/usr/lib", "/usr/share").map(Path::of).toList(), 1);
    for (int round = 0; round < rounds; round++) {
      new ProcessBuilder("cp", "--sparse=always", original.toString(), disk.toString())
          .start()
          .onExit()
          .join();
      bench.round(disk, round);
    }
    bench.print(rounds);
  }

  private void round(Path disk, int round) throws IOException {
    Path firn = fresh("firn");
    Path restic = fresh("restic");
    Measured.run(scratch, restic(restic, "init"));
    Measured.run(scratch, firn("init", firn));
    backups("first full", disk, firn, restic);
    long firnFull = size(firn);
    long resticFull = size(restic);
    new DiskImage(disk, sizeBytes).change(100 + round);
    backups("1 % changed", disk, firn, restic);
    storedBytes.put("firn full", firnFull);
    storedBytes.put("restic full", resticFull);
    storedBytes.put("firn added", size(firn) - firnFull);
    storedBytes.put("restic added", size(restic) - resticFull);
    Files.setLastModifiedTime(disk, java.nio.file.attribute.FileTime.from(Instant.now()));
    backups("unchanged, read again", disk, firn, restic);

    Path firnOut = scratch.resolve("firn.out");
    Path resticOut = fresh("restic.out");
    Files.deleteIfExists(firnOut);
    note("restore", "restic", restic(restic, "restore", "latest", "--target", "" + resticOut));
    note("restore", "firn", firn("restore", firn, firnOut));
    requireSame(disk, firnOut);
    requireSame(disk, resticOut.resolve(disk.toString().substring(1)));
  }

  private void backups(String step, Path disk, Path firn, Path restic) throws IOException {
    note(step, "restic", restic(restic, "backup", disk.toString()));
    note(step, "firn", firn("backup", firn, disk));
  }

  private void note(String step, String tool, List<String> command) throws IOException {
    figures
        .computeIfAbsent(step + "|" + tool, key -> new ArrayList<>())
        .add(Measured.run(scratch, command));
  }

  private List<String> restic(Path repository, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("restic", "-r", "" + repository, "--cache-dir", scratch + "/restic.cache"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> firn(String step, Path... paths) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BenchMover.class.getName(),
                step));
    Stream.of(paths).map(Path::toString).forEach(command::add);
    return command;
  }

  private void print(int rounds) {
    System.out.printf(
        Locale.ROOT,
        "Disk of %d MiB, %d rounds, medians: wall s / user+system s / peak MiB.%n%n"
            + "| step | restic | Firn | wall, Firn : restic |%n|---|---|---|---|%n",
        sizeBytes >> 20,
        rounds);
    figures.keySet().stream()
        .map(key -> key.substring(0, key.indexOf('|')))
        .distinct()
        .forEach(step -> {
          Measured restic = Measured.median(figures.getOrDefault(step + "|restic", List.of()));
          Measured firn = Measured.median(figures.getOrDefault(step + "|firn", List.of()));
          System.out.printf(
              Locale.ROOT,
              "| %s | %s | %s | %.2f |%n",
              step,
              restic,
              firn,
              firn.wall() / restic.wall());
        });
    System.out.println();
    storedBytes.forEach(
        (what, bytes) -> System.out.printf(Locale.ROOT, "* %s: %.1f MB%n", what, bytes / 1e6));
  }

  private Path fresh(String name) throws IOException {
    Path path = scratch.resolve(name);
    if (Files.exists(path)) {
      try (Stream<Path> inside = Files.walk(path)) {
        for (Path file : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return path;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      return inside
          .map(Path::toFile)
          .filter(java.io.File::isFile)
          .mapToLong(java.io.File::length)
          .sum();
    }
  }

  private static void requireSame(Path disk, Path restored) throws IOException {
    if (Files.mismatch(disk, restored) != -1) {
      throw new IOException(restored + " differs from the disk");
    }
    Files.move(restored, restored.resolveSibling("checked"), StandardCopyOption.REPLACE_EXISTING);
  }
}
