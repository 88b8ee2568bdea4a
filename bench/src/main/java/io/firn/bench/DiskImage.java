package io.firn.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A raw disk as a file system would fill it: half of it files of this machine, each on a 4 KiB
/// boundary, then some random bytes, some written zeros, and holes for the rest.
final class DiskImage {
  private static final int PIECE = 1 << 20;
  private static final int CHANGE = 64 << 10;

  private final Path file;
  private final long sizeBytes;

  DiskImage(Path file, long sizeBytes) {
    this.file = file;
    this.sizeBytes = sizeBytes;
  }

  void generate(List<Path> folders, long seed) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(0);
      out.setLength(sizeBytes);
      long at = copyFiles(out, folders, sizeBytes / 2);
      Random random = new Random(seed);
      byte[] piece = new byte[PIECE];
      for (long end = at + sizeBytes / 16; at < end; at += PIECE) {
        random.nextBytes(piece);
        out.seek(at);
        out.write(piece);
      }
      Arrays.fill(piece, (byte) 0);
      for (long end = at + sizeBytes / 10; at < end; at += PIECE) {
        out.seek(at);
        out.write(piece);
      }
    }
  }

  /// Overwrites one hundredth of the disk: random 64 KiB pieces all over its data, which is the
  /// worst case for large blocks.
  void change(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] piece = new byte[CHANGE];
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (long done = 0; done < sizeBytes / 100; done += CHANGE) {
        random.nextBytes(piece);
        out.seek(random.nextLong(sizeBytes / 2 / CHANGE) * CHANGE);
        out.write(piece);
      }
    }
  }

  private static long copyFiles(RandomAccessFile out, List<Path> folders, long limit)
      throws IOException {
    long at = 0;
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        Iterator<Path> sorted = files.filter(DiskImage::readable).sorted().iterator();
        while (sorted.hasNext() && at < limit) {
          byte[] content = Files.readAllBytes(sorted.next());
          out.seek(at);
          out.write(content, 0, (int) Math.min(content.length, limit - at));
          at += Math.ceilDiv(content.length, 4096) * 4096L;
        }
      }
    }
    return Math.min(at, limit);
  }

  private static boolean readable(Path file) {
    try {
      return Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)
          && Files.isReadable(file)
          && Files.size(file) < 64 << 20;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
