package io.firn.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
  @Test
  void lastByteThereCanBe_isInARange() {
    assertThat(new ByteRange(Long.MAX_VALUE - 1, 1).endBytes()).isEqualTo(Long.MAX_VALUE);
  }

  /// An end that overflowed would lie before every disk's, and its changes would be passed over.
  @ParameterizedTest
  @CsvSource({"9223372036854775807, 1", "4096, 9223372036854775807", "-1, 1", "0, -1"})
  void rangesThatAreNone_areRefused(long offset, long length) {
    assertThatThrownBy(() -> new ByteRange(offset, length))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
