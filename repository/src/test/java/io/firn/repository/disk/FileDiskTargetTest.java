package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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
