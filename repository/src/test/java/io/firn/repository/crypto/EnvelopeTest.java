package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.TestDisks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /// The whole of the argument for CTR mode: 16 random bytes each time, from the system's
  /// generator.
  @Test
  void seal_byManyEnvelopesAtOnce_neverRepeatsAnIv() {
    int each = 2_000;
    Set<String> ivs =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> new Envelope(KEY))
            .flatMap(envelope -> IntStream.range(0, each).mapToObj(i -> envelope.seal(new byte[1])))
            .map(sealed -> HexFormat.of().formatHex(sealed, 0, 16))
            .collect(Collectors.toSet());
    assertThat(ivs).hasSize(8 * each);
  }

  @Test
  void open_wrongMac_releasesNotOneByte() {
    byte[] sealed =
        new Envelope(KEY).seal("a secret of some length".getBytes(StandardCharsets.UTF_8));
    sealed[sealed.length - 1] ^= 1;
    byte[] target = new byte[sealed.length];
    Arrays.fill(target, (byte) 0x55);
    byte[] before = target.clone();
    assertThatThrownBy(() -> new Envelope(KEY).open(sealed, 0, sealed.length, target, 0))
        .isInstanceOf(AuthenticationException.class);
    assertThat(target).isEqualTo(before);
  }

  @Test
  void secretKey_closed_isGone_andSaysSo() {
    SecretKey key = new SecretKey(counting(SecretKey.BYTES));
    key.close();
    assertThatThrownBy(key::encryption).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Envelope(key)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void secretKey_withClampedMultiplier_isTheSame() {
    byte[] clamped = counting(SecretKey.BYTES);
    for (int i : new int[] {51, 55, 59, 63}) {
      clamped[i] &= 0x0f;
    }
    for (int i : new int[] {52, 56, 60}) {
      clamped[i] &= (byte) 0xfc;
    }
    assertThat(new SecretKey(clamped)).isEqualTo(KEY);
    clamped[48] ^= 1;
    assertThat(new SecretKey(clamped)).isNotEqualTo(KEY);
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
