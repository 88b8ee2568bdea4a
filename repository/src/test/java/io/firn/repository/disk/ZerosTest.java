package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZerosTest {
  @Test
  void idsOfPowersOfTwo_areTheirHashes() {
    for (int size = BlockSize.MIN_BYTES; size <= Zeros.LARGEST_BYTES; size *= 2) {
      assertThat(Zeros.id(size)).as("%d zeros", size).isEqualTo(Zeros.compute(size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512, 4095, 4097, 300_000})
  void idsOfOtherSizes_areTheirHashes(int size) {
    assertThat(Zeros.id(size)).isEqualTo(Zeros.compute(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095})
  void oneByteThatIsNoZero_isFound(int at) {
    byte[] bytes = new byte[4096];
    assertThat(Zeros.only(bytes, 0, bytes.length)).isTrue();
    bytes[at] = 1;
    assertThat(Zeros.only(bytes, 0, bytes.length)).isFalse();
  }
}
