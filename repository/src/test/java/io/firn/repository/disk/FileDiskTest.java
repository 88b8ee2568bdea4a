package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.firn.repository.ByteRange;
import io.firn.repository.file.NativeFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void source_sparseFile_reportsItsData() throws IOException {
    Path file = folder.resolve("disk");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(64L * MIB);
      out.seek(16L * MIB);
      out.write(new byte[MIB]);
      out.seek(40L * MIB + 5);
      out.write(1);
    }
    try (FileDiskSource source = FileDiskSource.open(file)) {
      assertThat(source.sizeBytes()).isEqualTo(64L * MIB);
      long data = source.dataRanges().stream().mapToLong(ByteRange::lengthBytes).sum();
      assumeThat(data).as("the file system knows holes").isLessThan(64L * MIB);
      assertThat(covers(source, 16L * MIB)).isTrue();
      assertThat(covers(source, 40L * MIB + 5)).isTrue();
      assertThat(covers(source, 30L * MIB)).isFalse();
    }
  }

  @Test
  void source_emptyAndAllHole_haveNoData() throws IOException {
    Path file = Files.createFile(folder.resolve("empty"));
    try (FileDiskSource source = FileDiskSource.open(file)) {
      assertThat(source.dataRanges()).isEmpty();
    }
    assertThatThrownBy(() -> FileDiskSource.open(folder.resolve("absent")))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  @Test
  void target_created_isExactlyAsLargeAndSparse() throws IOException {
    Path file = folder.resolve("disk");
    Files.write(file, filled(3 * MIB));
    try (FileDiskTarget target = FileDiskTarget.create(file)) {
      target.begin(2L * MIB);
      target.write(5, ByteBuffer.wrap(new byte[] {7}));
      target.zero(MIB, MIB);
      target.finish();
    }
    byte[] expected = new byte[2 * MIB];
    expected[5] = 7;
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    try (FileDiskSource source = FileDiskSource.open(file)) {
      long data = source.dataRanges().stream().mapToLong(ByteRange::lengthBytes).sum();
      assertThat(data).isLessThanOrEqualTo(MIB);
    }
  }

  @Test
  void target_existing_keepsItsSizeAndLosesItsContent() throws IOException {
    Path file = folder.resolve("device");
    Files.write(file, filled(3 * MIB));
    try (FileDiskTarget target = FileDiskTarget.open(file)) {
      target.begin(2L * MIB);
      target.zero(0, 2L * MIB);
      target.finish();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[3 * MIB]);
  }

  @Test
  void target_existingTooSmall_saysBothSizes() throws IOException {
    Path file = folder.resolve("device");
    Files.write(file, filled(100));
    try (FileDiskTarget target = FileDiskTarget.open(file)) {
      assertThatThrownBy(() -> target.begin(101))
          .hasMessageContaining("has 100 bytes, the disk needs 101");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(filled(100));
  }

  @Test
  void punch_makesARangeReadAsZeros() throws IOException {
    Path file = folder.resolve("disk");
    Files.write(file, filled(2 * MIB));
    try (NativeFile punched = NativeFile.open(file, true).orElseThrow()) {
      assumeThat(punched.punch(MIB, 4096)).as("the file system makes holes").isTrue();
    }
    byte[] expected = filled(2 * MIB);
    Arrays.fill(expected, MIB, MIB + 4096, (byte) 0);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  private static boolean covers(FileDiskSource source, long offset) throws IOException {
    return source.dataRanges().stream()
        .anyMatch(range -> range.offsetBytes() <= offset && offset < range.endBytes());
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 9);
    return bytes;
  }
}
