package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "190, 3m10s",
    "600, 10m",
    "10799, 179m",
    "10800, 3h",
    "12600, 3h30m",
    "100000, 27h",
    "180000, 2d2h",
    "864000, 10d",
    "94608000, 3y"
  })
  void human_roundsAsKubectlDoes(long seconds, String expected) {
    assertThat(Ages.human(Duration.ofSeconds(seconds))).isEqualTo(expected);
  }

  @Test
  void of_absentTimestamp_isUnknown() {
    assertThat(Ages.of("", Instant.EPOCH)).isEqualTo("<unknown>");
    assertThat(Ages.of("yesterday", Instant.EPOCH)).isEqualTo("<invalid>");
  }
}
