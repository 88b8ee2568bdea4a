package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScryptTest {
  /// RFC 7914 section 12; the one of 1 GiB is left out.
  @ParameterizedTest
  @CsvSource({
    "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
    "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    "pleaseletmein, SodiumChloride, 16384, 8, 1, 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
  })
  void derive_vectorsOfTheRfc_areMet(
      String password, String salt, int n, int r, int p, String expected) {
    byte[] derived = Scrypt.derive(utf8(password), utf8(salt), n, r, p, 64);
    assertThat(HexFormat.of().formatHex(derived)).isEqualTo(expected);
  }

  @Test
  void derive_randomInput_agreesWithBouncyCastle() {
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      byte[] secret = new byte[random.nextInt(100)];
      byte[] salt = new byte[random.nextInt(80)];
      random.nextBytes(secret);
      random.nextBytes(salt);
      int n = 2 << random.nextInt(8);
      int r = 1 + random.nextInt(9);
      int p = 1 + random.nextInt(3);
      int length = 1 + random.nextInt(100);
      assertThat(Scrypt.derive(secret, salt, n, r, p, length))
          .as("n %d, r %d, p %d", n, r, p)
          .isEqualTo(SCrypt.generate(secret, salt, n, r, p, length));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
