package io.firn.simulator.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
  private final Watchdog watchdog = new Watchdog();

  @Test
  void armed_expiresOnceAtItsTime() {
    watchdog.arm(START, Duration.ofSeconds(10));
    assertThat(watchdog.expired(START.plusMillis(9_999))).isFalse();
    assertThat(watchdog.expired(START.plusSeconds(10))).isTrue();
    assertThat(watchdog.expired(START.plusSeconds(20))).isFalse();
  }

  @Test
  void cancelled_neverExpires() {
    watchdog.arm(START, Duration.ofSeconds(10));
    watchdog.cancel();
    assertThat(watchdog.expired(START.plusSeconds(3600))).isFalse();
  }

  @Test
  void zeroTimeout_neverExpires() {
    watchdog.arm(START, Duration.ZERO);
    assertThat(watchdog.expired(START.plusSeconds(3600))).isFalse();
  }
}
