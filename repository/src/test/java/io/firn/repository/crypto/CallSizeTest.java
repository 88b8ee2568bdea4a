package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallSizeTest {
  @Test
  void forMessage_smallUntilCallsWereMade_largeAfter() {
    CallSize size = new CallSize(64, 4096);
    for (int calls = 0; calls < 25_000; calls += 1000) {
      assertThat(size.forMessage(64 * 1000)).as("after %d calls", calls).isEqualTo(64);
    }
    assertThat(size.forMessage(64 * 1000)).isEqualTo(4096);
    assertThat(size.forMessage(1)).isEqualTo(4096);
  }
}
