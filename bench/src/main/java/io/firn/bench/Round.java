package io.firn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One round: every program does a step before the first of them does the next, so that a machine
/// that is busy for a while is busy for all. What is read is in the page cache each time.
/// Repositories are made anew.
final class Round {
  private final Path scratch;
  private final DiskImages images;
  private final Stopwatch stopwatch;
  private final Map<Peer, Figures> figures;
  private final Path disk;

  Round(Path scratch, DiskImages images, Map<Peer, Figures> figures) {
    this.scratch = scratch;
    this.images = images;
    this.figures = figures;
    this.stopwatch = new Stopwatch(scratch);
    this.disk = scratch.resolve("disk.img");
  }

  /// `compare` reads each restored disk once more to see that it is the same.
  void run(boolean compare) throws IOException {
    for (Peer peer : figures.keySet()) {
      Shell.run("rm", "-rf", repository(peer).toString(), copy(peer).toString());
      peer.init(repository(peer));
    }
    insert(images.first());
    Map<Peer, Long> full = backups(Step.FULL, "full");
    for (Peer peer : figures.keySet()) {
      keepFirstVersion(peer);
    }
    insert(images.second());
    Map<Peer, Long> changed = backups(Step.CHANGED, "");
    changed.forEach(
        (peer, size) -> figuresOf(peer).addBytes("added", size - full.getOrDefault(peer, 0L)));
    Files.setLastModifiedTime(disk, FileTime.from(Instant.now()));
    backups(Step.UNCHANGED, "");
    for (Peer peer : figures.keySet()) {
      backupOfRanges(peer);
    }
    for (Peer peer : figures.keySet()) {
      restore(peer, compare);
    }
  }

  /// The disk under its one name, as a new file: programs that trust the times of files must read.
  private void insert(Path image) throws IOException {
    Files.deleteIfExists(disk);
    Files.createLink(disk, image);
    Files.setLastModifiedTime(disk, FileTime.from(Instant.now()));
  }

  /// Returns the size of each repository.
  private Map<Peer, Long> backups(Step step, String what) throws IOException {
    Map<Peer, Long> sizes = new LinkedHashMap<>();
    for (Peer peer : figures.keySet()) {
      warm(disk);
      time(peer, step, peer.backup(repository(peer), disk));
      long size = size(repository(peer));
      sizes.put(peer, size);
      if (!what.isEmpty()) {
        figuresOf(peer).addBytes(what, size);
      }
    }
    return sizes;
  }

  private void time(Peer peer, Step step, List<String> line) throws IOException {
    figuresOf(peer).add(step, stopwatch.time(line, peer.environment()));
    peer.stored(stopwatch.output());
  }

  /// A second repository that knows the first version only, without a copy of its bytes.
  private void keepFirstVersion(Peer peer) throws IOException {
    peer.parent();
    if (peer.takesRanges()) {
      Shell.run("cp", "-al", repository(peer).toString(), copy(peer).toString());
    }
  }

  private void backupOfRanges(Peer peer) throws IOException {
    Optional<List<String>> line = peer.backupOf(copy(peer), disk, images.ranges());
    if (line.isPresent()) {
      warm(disk);
      time(peer, Step.RANGES, line.get());
      figuresOf(peer).addBytes("read", peer.bytesRead());
    }
  }

  private void restore(Peer peer, boolean compare) throws IOException {
    Path folder = scratch.resolve("restored");
    Shell.run("rm", "-rf", folder.toString());
    Files.createDirectory(folder);
    warm(repository(peer));
    time(peer, Step.RESTORE, peer.restore(repository(peer), disk, folder));
    Path restored = peer.restored(disk, folder);
    figuresOf(peer).addBytes("restored", allocated(restored));
    if (compare) {
      Shell.run("cmp", disk.toString(), restored.toString());
    }
    Shell.run("rm", "-rf", folder.toString());
  }

  /// Reads all of it into the page cache: whoever goes first would do it for the others.
  private static void warm(Path what) throws IOException {
    Shell.run(
        "sh", "-c", "find \"$1\" -type f -exec cat {} + > /dev/null", "warm", what.toString());
  }

  private Figures figuresOf(Peer peer) {
    return figures.getOrDefault(peer, new Figures());
  }

  private Path repository(Peer peer) {
    return scratch.resolve("repository-" + peer.name().replaceAll("[^A-Za-z0-9.]+", "-"));
  }

  private Path copy(Peer peer) {
    return scratch.resolve("copy-" + peer.name().replaceAll("[^A-Za-z0-9.]+", "-"));
  }

  private static long size(Path folder) throws IOException {
    return Long.parseLong(Shell.run("du", "-s", "-b", folder.toString()).split("\\s")[0]);
  }

  private static long allocated(Path file) throws IOException {
    return Long.parseLong(Shell.run("du", "-B1", file.toString()).split("\\s")[0]);
  }
}
