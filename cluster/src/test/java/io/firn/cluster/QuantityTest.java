package io.firn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void bytes_suffixes_areUnderstood() {
    assertThat(Quantity.bytes("10Gi")).isEqualTo(10L << 30);
    assertThat(Quantity.bytes("1138166334")).isEqualTo(1138166334L);
    assertThat(Quantity.bytes("1.5Ki")).isEqualTo(1536);
    assertThat(Quantity.bytes("2M")).isEqualTo(2_000_000);
    assertThat(Quantity.bytes("1e3")).isEqualTo(1000);
    assertThat(Quantity.bytes("1500m")).isEqualTo(2);
  }
}
