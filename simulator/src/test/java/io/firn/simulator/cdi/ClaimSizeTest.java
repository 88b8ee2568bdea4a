package io.firn.simulator.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimSizeTest {
  private static final long GIBIBYTE = 1L << 30;

  @org.junit.jupiter.api.Test
  void inflated_oneGibibyte_isWhatRealCdiAsksFor() {
    assertThat(ClaimSize.inflated(GIBIBYTE)).isEqualTo(1138166334L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1 << 20, 16 << 20, 10_000_000, 1L << 40})
  void usable_ofAnInflatedClaim_holdsTheDisk(long diskBytes) {
    assertThat(ClaimSize.usable(ClaimSize.inflated(diskBytes), false))
        .isGreaterThanOrEqualTo(diskBytes);
    assertThat(ClaimSize.usable(diskBytes, true)).isEqualTo(diskBytes);
  }
}
