package io.firn.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void hex_isParsedAndWritten() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = TestDisks.random(random, 32);
      String hex = HexFormat.of().formatHex(bytes);
      assertThat(Digest.of(hex)).isEqualTo(Digest.of(bytes, 0)).hasToString(hex);
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'A', 'F', 'g', 'G', '/', ':', '`', '@', ' ', '-', '\0', 'é', '１'})
  void anythingElse_isRefused_whereverItStands(char wrong) {
    for (int at : new int[] {0, 15, 16, 31, 63}) {
      String hex = HEX.substring(0, at) + wrong + HEX.substring(at + 1);
      assertThatThrownBy(() -> Digest.of(hex))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not 64 lower-case hex digits");
    }
  }

  @Test
  void otherLengths_areRefused() {
    for (String hex : new String[] {"", HEX.substring(1), HEX + "0"}) {
      assertThatThrownBy(() -> Digest.of(hex)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
