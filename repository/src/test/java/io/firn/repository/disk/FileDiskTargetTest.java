package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.firn.repository.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDiskTargetTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  /// Runs as a restore has them: odd ends, neighbours that share a page, several threads.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void write_anyCutOfADisk_isWrittenWhole(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] disk = new byte[24 * MIB + random.nextInt(100_000)];
    random.nextBytes(disk);
    Path file = folder.resolve("disk");
    try (FileDiskTarget target = FileDiskTarget.create(file)) {
      target.begin(disk.length);
      Cuts cuts = new Cuts(disk, random);
      Workers.run(
          "cut",
          3,
          running -> {
            ByteBuffer cut = cuts.next();
            while (cut.hasRemaining()) {
              target.write(cut.position(), ByteBuffer.wrap(disk, cut.position(), cut.remaining()));
              cut = cuts.next();
            }
          });
      target.finish();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(disk);
  }

  @Test
  void expect_setsSpaceAside_andZerosGiveItBack() throws IOException, InterruptedException {
    Path file = folder.resolve("disk");
    try (FileDiskTarget target = FileDiskTarget.create(file)) {
      target.begin(16L * MIB);
      target.expect(List.of(new ByteRange(MIB, 4L * MIB), new ByteRange(8L * MIB, 2L * MIB)));
      assumeThat(allocatedBytes(file)).as("the file system sets space aside").isPositive();
      assertThat(allocatedBytes(file)).isBetween(6L * MIB, 7L * MIB);
      assertThat(Files.readAllBytes(file)).isEqualTo(new byte[16 * MIB]);
      target.write(MIB, ByteBuffer.wrap(ones(2 * MIB)));
      target.zero(3L * MIB, 2L * MIB);
      target.zero(8L * MIB, 2L * MIB);
      target.finish();
    }
    assertThat(allocatedBytes(file)).isBetween(2L * MIB, 3L * MIB);
    byte[] expected = new byte[16 * MIB];
    Arrays.fill(expected, MIB, 3 * MIB, (byte) 1);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  private static byte[] ones(int length) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }

  private static long allocatedBytes(Path file) throws IOException, InterruptedException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(stat.waitFor()).isZero();
    return 512 * Long.parseLong(blocks.strip());
  }

  /// Pieces of a disk in order: some end on a page, some do not.
  private static final class Cuts {
    private final ByteBuffer disk;
    private final Random random;

    Cuts(byte[] disk, Random random) {
      this.disk = ByteBuffer.wrap(disk);
      this.random = random;
    }

    synchronized ByteBuffer next() {
      int length = random.nextBoolean() ? 256 << 10 : 1 + random.nextInt(3 * MIB);
      int end = Math.min(disk.position() + length, disk.limit());
      ByteBuffer cut = disk.duplicate().limit(end);
      disk.position(end);
      return cut;
    }
  }
}
