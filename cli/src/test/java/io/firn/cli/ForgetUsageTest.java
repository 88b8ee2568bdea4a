package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused before a vault is looked at.
class ForgetUsageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forget",
        "forget -A",
        "forget --keep-last 1",
        "forget -A -n shop --keep-last 1",
        "forget -A --keep-last 0",
        "forget -A --keep-daily many",
        "forget -A --keep-within 7",
        "forget -A --keep-within-daily 1w",
        "forget -A --keep-last 1 --time-zone Nowhere/Else",
        "forget -A --keep-last 1 20261101",
        "forget --vm db 20261101",
        "point protect latest --until 2020-01-01",
        "point protect latest --until soon"
      })
  void usage_thatWouldNotSayWhatToForget_isRefused(String line) {
    TestShell.Outcome outcome = TestShell.withoutCluster().run(line.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("error: ").contains("\n  next: ");
  }
}
