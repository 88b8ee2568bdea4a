package io.firn.simulator.guest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What a guest does with its journal when it boots: makes one on disks that have none yet, checks
/// the one that it finds, and goes on after the last record that every disk has.
final class JournalBoot {
  private final List<Mounted> disks;
  private final JournalId newId;
  private final Random random;

  /// A disk for reading past the cache and for writing through it.
  record Mounted(PageSource source, CachedDisk cache) {}

  /// What was found; `journal` is empty where the guest had better not write: the disks do not fit
  /// together, or none can hold a journal.
  record Found(JournalReport report, Optional<Journal> journal) {}

  private record Placed(Mounted disk, JournalScan scan) {}

  JournalBoot(List<Mounted> disks, JournalId newId, Random random) {
    this.disks = List.copyOf(disks);
    this.newId = newId;
    this.random = random;
  }

  Found run() throws IOException {
    List<Placed> used = new ArrayList<>();
    List<Mounted> unused = new ArrayList<>();
    List<JournalRegion> free = new ArrayList<>();
    for (int i = 0; i < disks.size(); i++) {
      PageSource source = disks.get(i).source();
      Optional<Long> header = JournalRegion.find(source);
      if (header.isPresent() && HeaderPage.reserved(source.page(header.get())).isEmpty()) {
        Optional<JournalScan> scan = JournalScan.read(source, header.get());
        if (scan.isEmpty()) {
          return refused("the journal header of disk %d is damaged".formatted(i + 1));
        }
        used.add(new Placed(disks.get(i), scan.get()));
      } else {
        Optional<JournalRegion> region = freeRegion(source, header);
        if (region.isPresent()) {
          unused.add(disks.get(i));
          free.add(region.get());
        }
      }
    }
    return used.isEmpty() ? format(unused, free) : resume(used);
  }

  private static Optional<JournalRegion> freeRegion(PageSource disk, Optional<Long> header)
      throws IOException {
    if (header.isPresent()) {
      long reserved = HeaderPage.reserved(disk.page(header.get())).orElse(0L);
      return JournalRegion.layout(header.get(), reserved);
    }
    long offset = JournalRegion.DEFAULT_OFFSET_BYTES;
    return JournalRegion.isBlank(disk)
        ? JournalRegion.layout(offset, disk.sizeBytes() - offset)
        : Optional.empty();
  }

  private static Found refused(String explanation) {
    return new Found(new JournalReport(false, 0, 0, explanation), Optional.empty());
  }

  private Found format(List<Mounted> targets, List<JournalRegion> regions) throws IOException {
    if (targets.isEmpty()) {
      return new Found(new JournalReport(true, 0, 0, "no disk to keep one"), Optional.empty());
    }
    int pages = regions.stream().mapToInt(JournalRegion::dataPages).min().orElseThrow();
    for (int i = 0; i < targets.size(); i++) {
      JournalRegion region =
          new JournalRegion(regions.get(i).offsetBytes(), regions.get(i).ringPages(), pages);
      format(targets.get(i).cache(), region, i, targets.size());
    }
    return run();
  }

  private void format(CachedDisk disk, JournalRegion region, int number, int disks)
      throws IOException {
    for (int page = 0; page < region.dataPages(); page++) {
      disk.put(region.dataAt(page), new DataPage(newId, number, page, 0).bytes());
    }
    disk.flush();
    HeaderPage header =
        new HeaderPage(
            region.endBytes() - region.offsetBytes(),
            newId,
            number,
            disks,
            region.ringPages(),
            region.dataPages(),
            0);
    disk.put(region.headerAt(), header.page());
    disk.flush();
  }

  private Found resume(List<Placed> used) throws IOException {
    used.sort(Comparator.comparingInt(placed -> placed.scan().header().disk()));
    List<JournalScan> scans = used.stream().map(Placed::scan).toList();
    JournalReport report = JournalCheck.of(scans.toArray(JournalScan[]::new));
    if (!report.consistent()) {
      return new Found(report, Optional.empty());
    }
    List<CachedDisk> caches = used.stream().map(placed -> placed.disk().cache()).toList();
    long committed = JournalCheck.committed(scans);
    Journal journal =
        new Journal(caches, scans, committed, settle(scans.getFirst(), committed), random);
    replay(journal, scans.getFirst(), committed, caches);
    return new Found(report, Optional.of(journal));
  }

  /// Which record wrote each data page once all up to `committed` are applied.
  private static long[] settle(JournalScan scan, long committed) {
    long[] writers = scan.pageWriters();
    for (long sequence = Math.max(1, committed - 1); sequence <= committed; sequence++) {
      Optional<RecordPage> record = scan.record(sequence);
      if (record.isPresent()) {
        writers[record.get().dataPage()] = sequence;
      }
    }
    return writers;
  }

  /// The last two records' pages may not have reached the disks; they are written again.
  private static void replay(
      Journal journal, JournalScan scan, long committed, List<CachedDisk> caches)
      throws IOException {
    for (long sequence = Math.max(1, committed - 1); sequence <= committed; sequence++) {
      scan.record(sequence).ifPresent(journal::redo);
    }
    for (int i = 0; i < caches.size(); i++) {
      journal.putHeader(i);
      caches.get(i).flush();
    }
  }
}
