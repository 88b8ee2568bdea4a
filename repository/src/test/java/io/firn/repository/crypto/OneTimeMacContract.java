package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/// Every implementation, against RFC 8439 and BouncyCastle.
abstract class OneTimeMacContract {
  abstract OneTimeMac mac();

  @Test
  void tag_vectorOfRfc8439_matches() {
    byte[] key =
        HexFormat.of().parseHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
    byte[] message = "Cryptographic Forum Research Group".getBytes(StandardCharsets.US_ASCII);
    assertThat(mac().tag(key, message, 0, message.length))
        .isEqualTo(HexFormat.of().parseHex("a8061dc1305136c6c22b8baf0c0127a9"));
  }

  @Test
  void tag_randomMessages_agreesWithBouncyCastle() {
    Random random = new Random(1305);
    for (int round = 0; round < 3000; round++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      byte[] message = new byte[random.nextInt(round < 2000 ? 200 : 20_000)];
      random.nextBytes(message);
      int offset = message.length == 0 ? 0 : random.nextInt(message.length);
      assertAgrees(key, message, offset, message.length - offset);
    }
  }

  /// Nobody draws them, and the runtime refuses them.
  @Test
  void tag_keysWithZeros_agreesWithBouncyCastle() {
    byte[] message = extreme(new Random(3), 5000);
    byte[] key = new byte[32];
    assertAgrees(key, message, 0, -1);
    key[20] = 1;
    assertAgrees(key, message, 0, -1);
    assertAgrees(Arrays.copyOfRange(Arrays.copyOf(key, 52), 20, 52), message, 0, -1);
  }

  /// Carries are rare in random input: bytes of all ones and all zeros make them common.
  @Test
  void tag_extremeMessages_agreesWithBouncyCastle() {
    Random random = new Random(44);
    for (int round = 0; round < 3000; round++) {
      assertAgrees(extreme(random, 32), extreme(random, 16 * random.nextInt(20)), 0, -1);
    }
    byte[] ones = new byte[16 * 1000 + 7];
    Arrays.fill(ones, (byte) 0xff);
    assertAgrees(Arrays.copyOf(ones, 32), ones, 0, -1);
  }

  /// Long enough for the runtime to have compiled what it runs, while messages go on.
  @Test
  void tag_manyLargeMessages_agreesWithBouncyCastle() {
    Random random = new Random(16);
    for (int round = 0; round < 300; round++) {
      byte[] message =
          round % 3 == 0 ? extreme(random, 100_000) : new byte[100_000 + random.nextInt(100_000)];
      if (round % 3 != 0) {
        random.nextBytes(message);
      }
      assertAgrees(extreme(random, 32), message, 7, message.length - 7 - round % 32);
    }
  }

  private static byte[] extreme(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] =
          (byte) (random.nextInt(8) == 0 ? random.nextInt() : random.nextBoolean() ? 0xff : 0);
    }
    return bytes;
  }

  private void assertAgrees(byte[] key, byte[] message, int offset, int length) {
    int bytes = length < 0 ? message.length : length;
    var reference = new org.bouncycastle.crypto.macs.Poly1305();
    reference.init(new KeyParameter(key));
    reference.update(message, offset, bytes);
    byte[] expected = new byte[16];
    reference.doFinal(expected, 0);
    assertThat(mac().tag(key, message, offset, bytes)).isEqualTo(expected);
  }
}
