package io.firn.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.prune.PruneListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long MIB = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Instant now = Instant.EPOCH;
  private final InstantSource clock = () -> now;

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void plain_manyUpdates_printsAFewLinesAndTheLast() {
    PlainProgress progress = new PlainProgress(err, clock);
    progress.step("export", "pvc/root");
    for (int i = 0; i <= 100; i++) {
      progress.transfer("shop/root", new Amount.Stored(i * MIB, 100 * MIB, i * MIB / 2));
      now = now.plus(Duration.ofMillis(100));
    }
    progress.transfer("shop/root", new Amount.Stored(100 * MIB, 100 * MIB, 50 * MIB));
    assertThat(printed())
        .isEqualTo(
            """
            export  pvc/root
              shop/root   50%  50 MiB of 100 MiB  10 MiB/s  5.0 s left
              shop/root  100%  100 MiB of 100 MiB  10 MiB/s  50 MiB stored
            """);
  }

  @Test
  void plain_emptyVolume_isDoneAtOnce() {
    new PlainProgress(err, clock).transfer("shop/empty", new Amount.Stored(0, 0, 0));
    assertThat(printed()).contains("100%");
  }

  @Test
  void bars_twoVolumes_areRedrawnInPlaceAndFitTheTerminal() {
    try (ProgressBars bars = new ProgressBars(err, 60, clock)) {
      now = now.plus(Duration.ofSeconds(1));
      bars.transfer("shop/root", new Amount.Stored(0, 100 * MIB, 0));
      now = now.plus(Duration.ofSeconds(1));
      bars.transfer("shop/root", new Amount.Stored(10 * MIB, 100 * MIB, 0));
      now = now.plus(Duration.ofSeconds(1));
      bars.transfer("shop/data", new Amount.Stored(50 * MIB, 100 * MIB, 0));
      bars.step("seal", "");
    }
    assertThat(printed()).contains("\033[1A\033[J").contains("\033[2A\033[J").contains("seal\n");
    assertThat(printed()).contains("██████████░░░░░░░░░░");
    assertThat(printed().lines().map(l -> l.replaceAll("\033\\[[0-9]*[AJ]", "")))
        .allMatch(line -> line.length() < 60);
  }

  @Test
  void json_events_areOneObjectALine() {
    JsonProgress progress = new JsonProgress(err);
    progress.step("freeze", "vm/a");
    progress.transfer("shop/root", new Amount.Stored(1, 2, 0));
    progress.warning("slow");
    assertThat(printed())
        .isEqualTo(
            """
            {"type":"step","step":"freeze","detail":"vm/a"}
            {"type":"progress","volume":"shop/root","done":1,"total":2,"unit":"bytes","stored":0}
            {"type":"warning","message":"slow"}
            """);
  }

  /// A check stores nothing, headers are not what packs weigh, and packs are no bytes.
  @Test
  void plain_workOfEachKind_saysWhatItIsCountedIn() {
    PlainProgress progress = new PlainProgress(err, clock);
    List<Amount> halves =
        List.of(
            new Amount.Read(50 * MIB, 100 * MIB),
            new Amount.Written(50 * MIB, 100 * MIB, 10 * MIB),
            new Amount.Share(50 * MIB, 100 * MIB),
            new Amount.Count(50, 100, "packs"));
    List.of(
            new Amount.Read(0, 100 * MIB),
            new Amount.Written(0, 100 * MIB, 0),
            new Amount.Share(0, 100 * MIB),
            new Amount.Count(0, 100, "packs"))
        .forEach(none -> progress.transfer(none.getClass().getSimpleName(), none));
    now = now.plusSeconds(10);
    halves.forEach(half -> progress.transfer(half.getClass().getSimpleName(), half));
    List.of(
            new Amount.Read(100 * MIB, 100 * MIB),
            new Amount.Written(100 * MIB, 100 * MIB, 20 * MIB),
            new Amount.Share(100 * MIB, 100 * MIB),
            new Amount.Count(100, 100, "packs"))
        .forEach(all -> progress.transfer(all.getClass().getSimpleName(), all));
    assertThat(printed())
        .isEqualTo(
            """
              Read   50%  50 MiB of 100 MiB  5 MiB/s  10.0 s left
              Written   50%  50 MiB of 100 MiB  5 MiB/s  10.0 s left
              Share   50%  10.0 s left
              Count   50%  50 of 100 packs  10.0 s left
              Read  100%  100 MiB of 100 MiB  10 MiB/s
              Written  100%  100 MiB of 100 MiB  10 MiB/s  20 MiB written
              Share  100%
              Count  100%  100 of 100 packs
            """);
  }

  @Test
  void prune_showsItsRepackAndItsDeletesApart() {
    PruneProgress prune = new PruneProgress(new PlainProgress(err, clock), "shop");
    prune.progress(PruneListener.Phase.INDEXES, 1, 1);
    prune.progress(PruneListener.Phase.REPACK, MIB, MIB);
    prune.progress(PruneListener.Phase.DELETE, 2, 2);
    assertThat(printed())
        .isEqualTo(
            """
            read  1 index file
            repack  shop
              shop repack  100%  1 MiB of 1 MiB
            delete  2 packs
              shop delete  100%  2 of 2 packs
            """);
  }

  @Test
  void check_countsBytesOnlyWhereItReadsThem() {
    Progress plain = new PlainProgress(err, clock);
    new CheckProgress(plain, "all", CheckDepth.DATA).progress(CheckListener.Phase.PACKS, 1, 1);
    CheckProgress headers = new CheckProgress(plain, "shop", CheckDepth.HEADERS);
    headers.progress(CheckListener.Phase.INDEXES, 1, 2);
    headers.progress(CheckListener.Phase.INDEXES, 2, 2);
    headers.progress(CheckListener.Phase.PACKS, 1, 1);
    assertThat(printed())
        .isEqualTo(
            """
              all  100%  1 B of 1 B
            read  2 index files
              shop  100%
            """);
  }

  /// The first pack of a check is told of when it has been read.
  @Test
  void plain_speedAndTimeLeft_countFromWhatWasDoneAtFirst() {
    PlainProgress progress = new PlainProgress(err, clock);
    progress.transfer("shop", new Amount.Read(40 * MIB, 100 * MIB));
    now = now.plusSeconds(5);
    progress.transfer("shop", new Amount.Read(60 * MIB, 100 * MIB));
    assertThat(printed()).isEqualTo("  shop   60%  60 MiB of 100 MiB  4 MiB/s  10.0 s left\n");
  }
}
