package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However it is handed over, and before and after the calls get larger.
class Sha256Test {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 4095, 4096, 4097, 100_000, 9_000_000})
  void digest_anyLength_isTheRuntimesInOnePiece(int length) throws NoSuchAlgorithmException {
    byte[] bytes = new byte[length + 9];
    new Random(length).nextBytes(bytes);
    byte[] part = Arrays.copyOfRange(bytes, 5, 5 + length);
    Digest expected = Digest.of(MessageDigest.getInstance("SHA-256").digest(part), 0);
    Sha256 sha = new Sha256();

    assertThat(sha.digest(bytes, 5, length)).isEqualTo(expected);
    assertThat(Sha256.of(part)).isEqualTo(expected);
    byte[] into = new byte[40];
    sha.digestInto(bytes, 5, length, into, 8);
    assertThat(Digest.of(into, 8)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256, 4097, 100_000})
  void digest_buffers_isOverAllAndLeavesPositions(int length) {
    byte[] bytes = new byte[length + 9];
    new Random(length).nextBytes(bytes);
    ByteBuffer heap = ByteBuffer.wrap(bytes, 5, length);
    ByteBuffer direct = ByteBuffer.allocateDirect(length + 3).put(bytes, 5, length).flip();
    byte[] twice = new byte[2 * length];
    System.arraycopy(bytes, 5, twice, 0, length);
    System.arraycopy(bytes, 5, twice, length, length);

    assertThat(new Sha256().digest(heap, direct)).isEqualTo(Sha256.of(twice));
    assertThat(heap.position()).isEqualTo(5);
    assertThat(heap.remaining()).isEqualTo(length);
    assertThat(direct.remaining()).isEqualTo(length);
  }
}
