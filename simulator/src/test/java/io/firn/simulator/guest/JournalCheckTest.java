package io.firn.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCheckTest {
  @TempDir Path folder;

  /// A guest that wrote a while and was shut down.
  private GuestBench used(int records) throws Exception {
    GuestBench bench = new GuestBench(folder, 5000);
    bench.newVolumes();
    Guest guest = bench.boot(7, "root", "data");
    bench.awaitRecords(records);
    guest.shutdown();
    return bench;
  }

  @Test
  void disks_shutDownCleanly_areConsistentAndEqual() throws Exception {
    try (GuestBench bench = used(50)) {
      JournalReport report = bench.checkLive();
      assertThat(report.consistent()).as(report.explanation()).isTrue();
      assertThat(report.recordsFirst()).isEqualTo(report.recordsSecond()).isGreaterThan(49);
      assertThat(report.explanation()).isEqualTo(report.recordsFirst() + " records");
    }
  }

  @Test
  void oneFlippedBit_anywhereInTheRegion_isFound() throws Exception {
    try (GuestBench bench = used(50)) {
      Random random = new Random(11);
      JournalRegion region = region(bench, "root");
      for (int i = 0; i < 60; i++) {
        String volume = random.nextBoolean() ? "root" : "data";
        long span = region(bench, volume).endBytes() - region.offsetBytes();
        long at = region.offsetBytes() + random.nextLong(span);
        bench.flipByte(volume, at);
        assertThat(bench.checkLive().consistent()).as("bit at " + at + " of " + volume).isFalse();
        bench.flipByte(volume, at);
      }
      assertThat(bench.checkLive().consistent()).isTrue();
    }
  }

  @Test
  void onePageOfZeros_anywhereInTheUsedRegion_isFound() throws Exception {
    try (GuestBench bench = used(50)) {
      JournalRegion region = region(bench, "data");
      for (long at : List.of(region.headerAt(), region.recordAt(50), region.dataAt(3))) {
        byte[] page = PageSource.of(bench.store.disk("data")).page(at);
        bench.store.disk("data").write(at, Pages.blank());
        assertThat(bench.checkLive().consistent()).as("page at " + at).isFalse();
        bench.store.disk("data").write(at, ByteBuffer.wrap(page));
      }
    }
  }

  @Test
  void oneDataPage_ofAnOlderInstant_isFound() throws Exception {
    try (GuestBench bench = used(50)) {
      JournalRegion region = region(bench, "root");
      PageSource root = PageSource.of(bench.store.disk("root"));
      JournalScan scan = JournalScan.read(root, region.headerAt()).orElseThrow();
      RecordPage record = scan.record(scan.last() - 10).orElseThrow();
      int page = record.dataPage();
      DataPage older = new DataPage(record.journal(), 0, page, record.replaces());
      bench.store.disk("root").write(region.dataAt(page), ByteBuffer.wrap(older.bytes()));

      assertThat(bench.checkLive().explanation()).contains("older content");
    }
  }

  @Test
  void disks_inAnyOrder_areRecognized() throws Exception {
    try (GuestBench bench = used(5)) {
      List<Path> swapped = List.of(bench.store.path("data"), bench.store.path("root"));
      assertThat(JournalCheck.of(swapped).consistent()).isTrue();
    }
  }

  @Test
  void diskOfAJournal_absentOrForeign_isNamed() throws Exception {
    try (GuestBench bench = used(5)) {
      Path root = bench.store.path("root");
      assertThat(JournalCheck.of(List.of(root)).explanation()).isEqualTo("disk 2 of 2 is absent");

      bench.store.create("blank", 16 << 20, true);
      JournalReport blank = JournalCheck.of(List.of(root, bench.store.path("blank")));
      assertThat(blank.consistent()).isFalse();
      assertThat(blank.explanation()).isEqualTo("image 2 has no journal");

      bench.store.create("other", 16 << 20, true);
      bench.boot(99, "other").shutdown();
      JournalReport other = JournalCheck.of(List.of(root, bench.store.path("other")));
      assertThat(other.consistent()).isFalse();
    }
  }

  private static JournalRegion region(GuestBench bench, String volume) throws Exception {
    PageSource disk = PageSource.of(bench.store.disk(volume));
    long header = JournalRegion.find(disk).orElseThrow();
    return JournalRegion.of(header, HeaderPage.parse(disk.page(header)).orElseThrow());
  }
}
