package io.firn.dist.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/// The raw image that root disks are imported from: a real ext4 file system, whose template lies
/// beside this class (src/image/make-root-image.sh made it). Reserved pages are filled in here, the
/// same way each time. Immutable.
///
/// `journalOffset` and `journalBytes` are where the guest's journal file lies: the only part of the
/// disk that a guest writes to.
record RootImage(Path file, long sizeBytes, long journalOffset, long journalBytes) {
  private static final int PAGE = 4096;
  private static final byte[] FILL = mark("FIRN-DEMO-FILL ");
  private static final byte[] HOLE = mark("FIRN-DEMO-HOLE ");
  private static final byte[] JOURNAL = mark("FIRN-JOURNAL-v1");
  private static final long SEED = 0x6f72646572734cL;

  /// Writes the image, sparse.
  static RootImage write(Path file) throws IOException {
    long journal = -1;
    long holes = 0;
    long offset = 0;
    SplittableRandom random = new SplittableRandom(SEED);
    try (InputStream in = template();
        RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] page = new byte[PAGE];
      while (in.readNBytes(page, 0, PAGE) == PAGE) {
        if (startsWith(page, HOLE)) {
          holes++;
          Arrays.fill(page, (byte) 0);
        } else if (startsWith(page, FILL)) {
          fill(page, random);
        } else if (startsWith(page, JOURNAL)) {
          journal = offset;
        }
        if (!isZero(page)) {
          out.seek(offset);
          out.write(page);
        }
        offset += PAGE;
      }
      out.setLength(offset);
    }
    if (journal < 0) {
      throw new IOException("the image template holds no journal file");
    }
    return new RootImage(file, offset, journal, (holes + 1) * PAGE);
  }

  /// Half of a page is random, half reads like text: it compresses as disks do.
  private static void fill(byte[] page, SplittableRandom random) {
    ByteBuffer buffer = ByteBuffer.wrap(page);
    while (buffer.position() < PAGE / 2) {
      buffer.putLong(random.nextLong());
    }
    while (buffer.hasRemaining()) {
      byte[] row =
          "order %08d shipped; "
              .formatted(random.nextInt(100_000_000))
              .getBytes(StandardCharsets.US_ASCII);
      buffer.put(row, 0, Math.min(row.length, buffer.remaining()));
    }
  }

  private static InputStream template() throws IOException {
    InputStream stored = RootImage.class.getResourceAsStream("root.img.gz");
    if (stored == null) {
      throw new IOException("root.img.gz is missing from the jar");
    }
    return new GZIPInputStream(stored, 1 << 16);
  }

  private static byte[] mark(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean startsWith(byte[] page, byte[] mark) {
    return Arrays.equals(page, 0, mark.length, mark, 0, mark.length);
  }

  private static boolean isZero(byte[] page) {
    for (byte each : page) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
