package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.TestDisks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final SecretKey KEY = new SecretKey(counting(SecretKey.BYTES));

  /// Made with key bytes 00 to 3f and this IV by an independent program (OpenSSL's AES and the
  /// reference Poly1305): stays the same for ever.
  private static final String GOLDEN =
      "6465666768696a6b6c6d6e6f70717273f5b1634e9649c86d0de3d0dcc6cbf8bd"
          + "c1c9e47074bf74ab0605b42ef2e9c1e1b5acf734a487909401722c510ad53bfb"
          + "1e38c41405";

  @Test
  void open_goldenBytes_yieldsTheText() throws AuthenticationException {
    assertThat(
            new String(
                new Envelope(KEY).open(HexFormat.of().parseHex(GOLDEN)), StandardCharsets.UTF_8))
        .isEqualTo("firn is snow that outlasts the summer");
  }

  @Test
  void sealAndOpen_anyLength_isTheSame() throws AuthenticationException {
    Random random = new Random(7);
    Envelope envelope = new Envelope(KEY);
    for (int length : new int[] {0, 1, 15, 16, 17, 16_384, 16_385, 100_000}) {
      byte[] plain = TestDisks.random(random, length);
      byte[] sealed = envelope.seal(plain);
      assertThat(sealed).hasSize(length + Envelope.OVERHEAD_BYTES);
      assertThat(envelope.open(sealed)).isEqualTo(plain);
    }
  }

  @Test
  void seal_twice_neverRepeatsAnIv() {
    Envelope envelope = new Envelope(KEY);
    assertThat(Arrays.copyOf(envelope.seal(new byte[5]), 16))
        .isNotEqualTo(Arrays.copyOf(envelope.seal(new byte[5]), 16));
  }

  @Test
  void open_anyBitFlipped_isRefused() {
    Envelope envelope = new Envelope(KEY);
    byte[] sealed = envelope.seal(new byte[20]);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] damaged = sealed.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> envelope.open(damaged)).isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void open_otherKeyOrTooShort_isRefused() {
    byte[] sealed = new Envelope(KEY).seal(new byte[20]);
    Envelope other = new Envelope(new SecretKey(new byte[SecretKey.BYTES]));
    assertThatThrownBy(() -> other.open(sealed)).isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> other.open(new byte[31])).isInstanceOf(AuthenticationException.class);
  }

  @Test
  void secretKey_printed_showsNothing() {
    assertThat(KEY.toString()).isEqualTo("SecretKey[hidden]");
    assertThat(KEY).isEqualTo(new SecretKey(counting(SecretKey.BYTES)));
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
