package io.firn.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
      progress.transfer("shop/root", i * MIB, 100 * MIB, i * MIB / 2);
      now = now.plus(Duration.ofMillis(100));
    }
    progress.transfer("shop/root", 100 * MIB, 100 * MIB, 50 * MIB);
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
    new PlainProgress(err, clock).transfer("shop/empty", 0, 0, 0);
    assertThat(printed()).contains("100%");
  }

  @Test
  void bars_twoVolumes_areRedrawnInPlaceAndFitTheTerminal() {
    try (ProgressBars bars = new ProgressBars(err, 60, clock)) {
      now = now.plus(Duration.ofSeconds(1));
      bars.transfer("shop/root", 0, 100 * MIB, 0);
      now = now.plus(Duration.ofSeconds(1));
      bars.transfer("shop/root", 10 * MIB, 100 * MIB, 0);
      now = now.plus(Duration.ofSeconds(1));
      bars.transfer("shop/data", 50 * MIB, 100 * MIB, 0);
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
    progress.transfer("shop/root", 1, 2, 0);
    progress.warning("slow");
    assertThat(printed())
        .isEqualTo(
            """
            {"type":"step","step":"freeze","detail":"vm/a"}
            {"type":"progress","volume":"shop/root","done":1,"total":2,"stored":0}
            {"type":"warning","message":"slow"}
            """);
  }
}
