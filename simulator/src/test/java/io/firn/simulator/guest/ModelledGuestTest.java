package io.firn.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelledGuestTest {
  @TempDir Path folder;

  @Test
  void guest_bootedAgain_goesOnWhereItWas() throws Exception {
    try (GuestBench bench = new GuestBench(folder, 2000)) {
      bench.newVolumes();
      Guest first = bench.boot(1, "root", "data");
      assertThat(first.console()).contains("journal: consistent, 0 records");
      bench.awaitRecords(20);
      first.shutdown();
      long records = bench.checkLive().recordsFirst();

      Guest second = bench.boot(2, "root", "data");
      assertThat(second.console()).contains("journal: consistent, " + records + " records");
      bench.awaitRecords(20);
      second.shutdown();
      assertThat(bench.checkLive().recordsFirst()).isGreaterThanOrEqualTo(records + 20);
    }
  }

  @Test
  void frozenGuest_writesNothing_untilThawed() throws Exception {
    try (GuestBench bench = new GuestBench(folder, 2000)) {
      bench.newVolumes();
      Guest guest = bench.boot(1, "root", "data");
      bench.awaitRecords(5);
      guest.freeze();
      guest.freeze();
      assertThat(guest.frozen()).isTrue();
      JournalReport before = bench.checkLive();
      GuestBench.await(Duration.ofSeconds(5), GuestBench.elapsed(Duration.ofMillis(30)));
      assertThat(bench.checkLive()).isEqualTo(before);

      guest.thaw();
      assertThat(guest.frozen()).isFalse();
      bench.awaitRecords(5);
      guest.close();
    }
  }

  @Test
  void tornDisks_atBoot_areReportedAndLeftAlone() throws Exception {
    try (GuestBench bench = new GuestBench(folder, 2000)) {
      bench.newVolumes();
      Guest guest = bench.boot(1, "root", "data");
      bench.awaitRecords(10);
      bench.store.snapshot("old-root", "root");
      bench.awaitRecords(40);
      guest.shutdown();
      bench.store.createFromSnapshot("root-2", "old-root", 0);

      Guest torn = bench.boot(2, "root-2", "data");
      assertThat(torn.console())
          .anyMatch(line ->
              line.matches("journal: TORN, disk 2 has record \\d+ but disk 1 ends at \\d+"));
      assertThat(torn.journal().orElseThrow().consistent()).isFalse();
      torn.close();
      assertThat(bench.checkLive().consistent()).isTrue();
    }
  }

  @Test
  void vssGuest_thawedTooLate_saysThatTheFreezeWasLost() throws Exception {
    try (GuestBench bench = new GuestBench(folder, 2000)) {
      bench.newVolumes();
      bench.faults.freezeLimit = Optional.of(Duration.ofMillis(20));
      Guest guest = bench.boot(1, "root", "data");
      guest.freeze();
      bench.awaitRecords(5);

      assertThat(guest.frozen()).isTrue();
      assertThatThrownBy(guest::thaw)
          .isInstanceOf(Guest.AgentException.class)
          .hasMessageContaining("fsfreeze is limited up to 10 seconds");
      assertThat(guest.frozen()).isFalse();
      guest.thaw();
      guest.close();
    }
  }

  @Test
  void agent_gone_answersNothing() throws Exception {
    try (GuestBench bench = new GuestBench(folder, 2000)) {
      bench.newVolumes();
      Guest guest = bench.boot(1, "root", "data");
      assertThat(guest.agentFacts().fileSystems()).hasSize(2);
      bench.faults.agentGone = true;

      assertThat(guest.agentConnected()).isFalse();
      assertThatThrownBy(guest::freeze).hasMessageContaining("QEMU guest agent is not connected");
      assertThatThrownBy(guest::agentFacts).isInstanceOf(Guest.AgentException.class);
      guest.close();
    }
  }

  @Test
  void diskWithForeignContent_isLeftAlone() throws Exception {
    try (GuestBench bench = new GuestBench(folder, 2000)) {
      bench.newVolumes();
      byte[] foreign = "somebody else's file system".getBytes(StandardCharsets.UTF_8);
      bench.store.disk("data").write(3 << 20, ByteBuffer.wrap(foreign));
      Guest guest = bench.boot(1, "root", "data");
      bench.awaitRecords(5);
      guest.shutdown();

      assertThat(JournalRegion.find(PageSource.of(bench.store.disk("data")))).isEmpty();
      byte[] left = new byte[foreign.length];
      bench.store.disk("data").read(3 << 20, ByteBuffer.wrap(left));
      assertThat(left).isEqualTo(foreign);
    }
  }
}
