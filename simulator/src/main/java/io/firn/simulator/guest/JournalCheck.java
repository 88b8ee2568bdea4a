package io.firn.simulator.guest;

import io.firn.simulator.storage.DiskFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Checks a guest's journal on images of its disks, without a guest: each disk for itself
/// ([JournalScan]), then one against the other. A record goes to the first disk, is flushed, then
/// to the next; so at any one instant a later disk has at most what an earlier one has, and at
/// least all but its last record. Images that break this are of different instants, or have lost
/// blocks.
///
/// Thread-safe; changes nothing.
public final class JournalCheck {
  private JournalCheck() {}

  /// Checks images on files, in any order: raw disks that hold a journal.
  public static JournalReport of(List<Path> images) throws IOException {
    List<FileChannel> open = new ArrayList<>();
    try {
      List<PageSource> sources = new ArrayList<>();
      for (Path image : images) {
        FileChannel channel = FileChannel.open(image, StandardOpenOption.READ);
        open.add(channel);
        sources.add(PageSource.of(channel, image));
      }
      return ofSources(sources);
    } finally {
      for (FileChannel channel : open) {
        channel.close();
      }
    }
  }

  /// Checks the disks of volumes.
  public static JournalReport ofDisks(List<DiskFile> disks) throws IOException {
    return ofSources(disks.stream().map(PageSource::of).toList());
  }

  private static JournalReport ofSources(List<PageSource> disks) throws IOException {
    List<JournalScan> scans = new ArrayList<>();
    for (int i = 0; i < disks.size(); i++) {
      Optional<Long> header = JournalRegion.find(disks.get(i));
      if (header.isEmpty()) {
        return torn(scans, "image %d has no journal".formatted(i + 1));
      }
      Optional<JournalScan> scan = JournalScan.read(disks.get(i), header.get());
      if (scan.isEmpty()) {
        return torn(scans, "the journal header of image %d is damaged".formatted(i + 1));
      }
      scans.add(scan.get());
    }
    return of(scans.toArray(JournalScan[]::new));
  }

  /// Judges disks that have been read.
  static JournalReport of(JournalScan... read) {
    List<JournalScan> scans = new ArrayList<>(List.of(read));
    scans.sort(Comparator.comparingInt(scan -> scan.header().disk()));
    Optional<String> fault = membership(scans);
    for (int i = 0; fault.isEmpty() && i < scans.size(); i++) {
      fault = damage(scans.get(i));
    }
    for (int i = 1; fault.isEmpty() && i < scans.size(); i++) {
      fault = order(scans.getFirst(), scans.get(i - 1), scans.get(i));
    }
    return fault
        .map(text -> torn(scans, text))
        .orElseGet(() -> report(true, scans, committed(scans) + " records"));
  }

  /// The last record that is on every disk.
  static long committed(List<JournalScan> scans) {
    return scans.stream().mapToLong(JournalScan::last).min().orElse(0);
  }

  private static Optional<String> membership(List<JournalScan> scans) {
    if (scans.isEmpty()) {
      return Optional.of("no disk has a journal");
    }
    HeaderPage first = scans.getFirst().header();
    for (int i = 0; i < scans.size(); i++) {
      HeaderPage header = scans.get(i).header();
      if (!header.journal().equals(first.journal())) {
        return Optional.of("disk %d belongs to another journal".formatted(i + 1));
      }
      if (header.disk() != i) {
        return Optional.of("disk %d of %d is absent".formatted(i + 1, first.disks()));
      }
    }
    return scans.size() == first.disks()
        ? Optional.empty()
        : Optional.of("disk %d of %d is absent".formatted(scans.size() + 1, first.disks()));
  }

  private static Optional<String> damage(JournalScan scan) {
    int disk = scan.header().disk() + 1;
    return scan.damage().isEmpty()
        ? Optional.empty()
        : Optional.of("disk %d: %s".formatted(disk, String.join("; ", firstFew(scan.damage()))));
  }

  private static List<String> firstFew(List<String> damage) {
    int most = 3;
    if (damage.size() <= most) {
      return damage;
    }
    List<String> few = new ArrayList<>(damage.subList(0, most));
    few.add((damage.size() - most) + " more");
    return few;
  }

  private static Optional<String> order(JournalScan first, JournalScan before, JournalScan scan) {
    int disk = scan.header().disk() + 1;
    if (scan.last() > before.last()) {
      return Optional.of(
          "disk %d has record %d but disk %d ends at %d"
              .formatted(disk, scan.last(), disk - 1, before.last()));
    }
    if (scan.last() < first.last() - 1) {
      return Optional.of(
          "disk 1 has record %d but disk %d ends at %d".formatted(first.last(), disk, scan.last()));
    }
    return Optional.empty();
  }

  private static JournalReport torn(List<JournalScan> scans, String explanation) {
    return report(false, scans, explanation);
  }

  private static JournalReport report(
      boolean consistent, List<JournalScan> scans, String explanation) {
    long first = scans.isEmpty() ? 0 : scans.getFirst().last();
    long second = scans.size() < 2 ? first : scans.get(1).last();
    return new JournalReport(consistent, first, second, explanation);
  }
}
