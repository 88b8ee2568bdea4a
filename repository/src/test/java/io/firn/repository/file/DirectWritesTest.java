package io.firn.repository.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectWritesTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void aligned_isTakenToTheLastWholePage() throws IOException {
    Path file = sized(4 * MIB);
    byte[] bytes = random(1, 2 * MIB + 5000);
    try (DirectWrites writes = direct(file)) {
      ByteBuffer source = ByteBuffer.wrap(bytes);
      writes.write(MIB, source);
      assertThat(source.remaining()).isLessThan(MIB).isEqualTo(bytes.length - source.position());
      int taken = source.position();
      assertThat(taken).isGreaterThanOrEqualTo(2 * MIB);
      byte[] expected = new byte[4 * MIB];
      System.arraycopy(bytes, 0, expected, MIB, taken);
      assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }
  }

  @Test
  void unalignedOrTooShort_isLeftToTheCaller() throws IOException {
    Path file = sized(MIB);
    try (DirectWrites writes = direct(file)) {
      ByteBuffer source = ByteBuffer.wrap(random(2, 8192));
      writes.write(512, source);
      assertThat(source.position()).isZero();
      source.limit(100);
      writes.write(0, source);
      assertThat(source.position()).isZero();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[MIB]);
  }

  /// A device that refuses says so to whoever writes in the ordinary way, who has all of it to
  /// write.
  @Test
  void refused_isLeftToTheCaller() throws IOException {
    Path file = sized(MIB);
    DirectWrites writes = direct(file);
    writes.close();
    ByteBuffer source = ByteBuffer.wrap(random(3, 8192));
    writes.write(0, source);
    assertThat(source.position()).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[MIB]);
  }

  private static DirectWrites direct(Path file) {
    Optional<DirectWrites> opened = DirectWrites.open(file, new AlignedBuffers(MIB));
    assumeThat(opened).as("the file system writes past the page cache").isPresent();
    return opened.orElseThrow();
  }

  private Path sized(int bytes) throws IOException {
    Path file = folder.resolve("disk");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
    }
    return file;
  }

  private static byte[] random(long seed, int bytes) {
    byte[] random = new byte[bytes];
    new Random(seed).nextBytes(random);
    return random;
  }
}
