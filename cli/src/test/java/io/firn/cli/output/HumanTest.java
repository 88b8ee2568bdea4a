package io.firn.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "10188, 9.9 KiB",
    "10199, 10 KiB",
    "134217728, 128 MiB",
    "1610612736, 1.5 GiB",
    "9223372036854775807, 8192 PiB"
  })
  void bytes_anySize_hasAtMostOneDigitAfterThePoint(long bytes, String text) {
    assertThat(Human.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 ms", "999, 999 ms", "3200, 3.2 s", "80000, 1m20s", "7500000, 2h05m"})
  void duration_anyLength_isShort(long millis, String text) {
    assertThat(Human.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"-5, 0s", "119, 119s", "120, 2m", "7200, 2h", "172800, 2d"})
  void age_anyLength_isAsKubectlPrintsIt(long seconds, String text) {
    assertThat(Human.age(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
