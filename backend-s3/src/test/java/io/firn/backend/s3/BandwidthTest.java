package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BandwidthTest {
  private long now = 1000;
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void bytes_waitForThoseBefore_andUnusedTimeIsNotSaved() throws InterruptedException {
    Bandwidth bandwidth = new Bandwidth(1000, () -> now, this::pass);
    bandwidth.pass(500);
    bandwidth.pass(500);
    assertThat(pauses).containsExactly(Duration.ofMillis(500));
    now += 10_000_000_000L;
    bandwidth.pass(1000);
    bandwidth.pass(1);
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void noLimit_neverWaits() throws InterruptedException {
    Bandwidth bandwidth = new Bandwidth(0, () -> now, this::pass);
    bandwidth.pass(1 << 30);
    bandwidth.pass(1 << 30);
    assertThat(pauses).isEmpty();
  }

  private void pass(Duration pause) {
    pauses.add(pause);
    now += pause.toNanos();
  }
}
