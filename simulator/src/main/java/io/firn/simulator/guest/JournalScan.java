package io.firn.simulator.guest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one disk's journal holds, every page of the region read and checked.
///
/// What must hold on a disk, at any instant, with `last` its last whole record:
/// 1. the ring holds exactly the records up to `last`, each naming the digest of the one before;
/// 2. the header's count lies within the last two of `last`: it is flushed with a later record;
/// 3. the data page of a record is flushed with the record after the next at the latest, so only
///    the last two records' pages may still be old; which record wrote which page otherwise must
///    give the pages digest of record `last - 2`.
final class JournalScan {
  private static final int UNSETTLED = 2;

  private final JournalRegion region;
  private final HeaderPage header;
  private final Map<Long, RecordPage> records = new HashMap<>();
  private final long[] pageWriters;
  private final List<String> damage = new ArrayList<>();
  private long last;

  private JournalScan(JournalRegion region, HeaderPage header) {
    this.region = region;
    this.header = header;
    this.pageWriters = new long[region.dataPages()];
  }

  /// Reads the journal whose header lies at an offset; empty where the header is damaged.
  static Optional<JournalScan> read(PageSource disk, long headerAt) throws IOException {
    Optional<HeaderPage> header = HeaderPage.parse(disk.page(headerAt));
    if (header.isEmpty()) {
      return Optional.empty();
    }
    JournalRegion region = JournalRegion.of(headerAt, header.get());
    if (region.ringPages() <= UNSETTLED + 1
        || region.dataPages() < 1
        || region.endBytes() > disk.sizeBytes()) {
      return Optional.empty();
    }
    JournalScan scan = new JournalScan(region, header.get());
    scan.readRing(disk);
    scan.checkRing();
    scan.checkHeader();
    scan.readPages(disk);
    scan.checkPages();
    return Optional.of(scan);
  }

  JournalRegion region() {
    return region;
  }

  HeaderPage header() {
    return header;
  }

  /// The last whole record; 0 where there is none.
  long last() {
    return last;
  }

  /// A record that is still in the ring.
  Optional<RecordPage> record(long sequence) {
    return Optional.ofNullable(records.get(sequence));
  }

  /// Which record wrote each data page, 0 for a page as formatted.
  long[] pageWriters() {
    return pageWriters.clone();
  }

  /// What is wrong, in words; empty for a sound disk.
  List<String> damage() {
    return List.copyOf(damage);
  }

  private void readRing(PageSource disk) throws IOException {
    for (long slot = 0; slot < region.ringPages(); slot++) {
      byte[] page = disk.page(region.recordAt(slot));
      Optional<RecordPage> record = RecordPage.parse(page).filter(this::belongs);
      if (record.isPresent() && record.get().sequence() % region.ringPages() == slot) {
        records.put(record.get().sequence(), record.get());
        last = Math.max(last, record.get().sequence());
      } else if (!Pages.isZero(page)) {
        damage.add("the page of record slot " + slot + " is damaged");
      }
    }
  }

  private boolean belongs(RecordPage record) {
    return record.journal().equals(header.journal()) && record.disk() == header.disk();
  }

  private void checkRing() {
    for (long sequence = oldest(); sequence <= last; sequence++) {
      RecordPage record = records.get(sequence);
      RecordPage before = records.get(sequence - 1);
      if (record == null) {
        damage.add("record " + sequence + " is missing");
      } else if (before != null && !record.previous().equals(before.digest())) {
        damage.add("record " + sequence + " does not follow record " + (sequence - 1));
      }
    }
    long expected = last - oldest() + 1;
    if (records.size() > expected) {
      damage.add("older records lie among those up to " + last);
    }
  }

  private long oldest() {
    return Math.max(1, last - region.ringPages() + 1);
  }

  private void checkHeader() {
    if (header.committed() > last || header.committed() < last - UNSETTLED) {
      damage.add(
          "the header knows of %d records but the last one is %d"
              .formatted(header.committed(), last));
    }
  }

  private void readPages(PageSource disk) throws IOException {
    for (int page = 0; page < region.dataPages(); page++) {
      Optional<DataPage> found =
          DataPage.parse(disk.page(region.dataAt(page))).filter(this::belongs);
      if (found.isEmpty() || found.get().page() != page) {
        damage.add("data page " + page + " is damaged");
      } else {
        pageWriters[page] = found.get().sequence();
        checkWriter(found.get());
      }
    }
  }

  private boolean belongs(DataPage page) {
    return page.journal().equals(header.journal()) && page.disk() == header.disk();
  }

  private void checkWriter(DataPage page) {
    RecordPage writer = records.get(page.sequence());
    if (page.sequence() > last || (writer != null && writer.dataPage() != page.page())) {
      damage.add(
          "data page %d holds what record %d wrote, which it cannot"
              .formatted(page.page(), page.sequence()));
    }
  }

  private void checkPages() {
    if (damage.isEmpty() && settledDigest() != expectedDigest()) {
      damage.add("a data page holds older content than the records tell");
    }
  }

  /// The pages digest as of record `last - 2`: younger content counts as what it replaced.
  private long settledDigest() {
    long settled = Math.max(0, last - UNSETTLED);
    long digest = 0;
    for (int page = 0; page < pageWriters.length; page++) {
      long writer = pageWriters[page];
      while (writer > settled) {
        RecordPage record = records.get(writer);
        writer = record == null ? 0 : record.replaces();
      }
      digest ^= DataPage.share(page, writer);
    }
    return digest;
  }

  private long expectedDigest() {
    RecordPage settled = records.get(last - UNSETTLED);
    return settled == null ? DataPage.formattedDigest(region.dataPages()) : settled.pagesDigest();
  }
}
