package io.firn.simulator.guest;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/// Writes the journal of a running guest: each record to the first disk, flushed, then to the next;
/// when all have it, the data page that it describes and the header's count, which are left to a
/// later flush.
///
/// Used by one thread; the disks' caches may be flushed by others meanwhile.
final class Journal {
  private final List<CachedDisk> disks;
  private final List<JournalRegion> regions;
  private final List<HeaderPage> headers;
  private final long[] pageWriters;
  private final Random random;
  private long committed;
  private long pagesDigest;
  private final RecordPage.Digest[] lastDigests;

  /// Continues after record `committed`. `pageWriters` says which record wrote each data page.
  Journal(
      List<CachedDisk> disks,
      List<JournalScan> scans,
      long committed,
      long[] pageWriters,
      Random random) {
    this.disks = List.copyOf(disks);
    this.regions = scans.stream().map(JournalScan::region).toList();
    this.headers = scans.stream().map(JournalScan::header).toList();
    this.pageWriters = pageWriters;
    this.random = random;
    this.committed = committed;
    this.lastDigests = new RecordPage.Digest[disks.size()];
    for (int i = 0; i < disks.size(); i++) {
      lastDigests[i] =
          scans.get(i).record(committed).map(RecordPage::digest).orElse(RecordPage.Digest.NONE);
    }
    for (int page = 0; page < pageWriters.length; page++) {
      pagesDigest ^= DataPage.share(page, pageWriters[page]);
    }
  }

  long committed() {
    return committed;
  }

  /// Writes the next record; false when the power went off on the way.
  boolean append(WriteGate gate) throws IOException {
    long sequence = committed + 1;
    int page = random.nextInt(pageWriters.length);
    long replaces = pageWriters[page];
    long digest = pagesDigest ^ DataPage.share(page, replaces) ^ DataPage.share(page, sequence);
    RecordPage[] records = new RecordPage[disks.size()];
    for (int i = 0; i < disks.size(); i++) {
      records[i] =
          new RecordPage(
              headers.get(i).journal(), i, page, sequence, replaces, digest, lastDigests[i]);
      if (!commit(gate, i, records[i])) {
        return false;
      }
    }
    committed = sequence;
    pagesDigest = digest;
    pageWriters[page] = sequence;
    return gate.pass(() -> apply(records));
  }

  private boolean commit(WriteGate gate, int disk, RecordPage record) throws IOException {
    CachedDisk target = disks.get(disk);
    long at = regions.get(disk).recordAt(record.sequence());
    byte[] bytes = record.page();
    return gate.pass(() -> target.put(at, bytes)) && gate.pass(target::flush);
  }

  private void apply(RecordPage[] records) {
    for (int i = 0; i < records.length; i++) {
      RecordPage record = records[i];
      lastDigests[i] = record.digest();
      putData(i, record.dataPage(), record.sequence());
      putHeader(i);
    }
  }

  /// Writes again what records before a crash had described.
  void redo(RecordPage record) {
    for (int i = 0; i < disks.size(); i++) {
      putData(i, record.dataPage(), record.sequence());
    }
  }

  void putHeader(int disk) {
    byte[] page = headers.get(disk).withCommitted(committed).page();
    disks.get(disk).put(regions.get(disk).headerAt(), page);
  }

  private void putData(int disk, int page, long sequence) {
    DataPage data = new DataPage(headers.get(disk).journal(), disk, page, sequence);
    disks.get(disk).put(regions.get(disk).dataAt(page), data.bytes());
  }
}
