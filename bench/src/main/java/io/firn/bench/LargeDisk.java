package io.firn.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// A sparse disk of 1 TiB, which is two million blocks of 512 KiB: one in 512 of them holds random
/// bytes, the rest are holes. Backed up twice and restored, for time, memory and the bytes that a
/// point costs when nothing has changed.
final class LargeDisk {
  static final long SIZE_BYTES = 1L << 40;
  private static final long STRIDE_BYTES = 256L << 20;
  private static final int PIECE = 64 << 10;

  private final Path scratch;
  private final FirnPeer firn;

  LargeDisk(Path scratch, FirnPeer firn) {
    this.scratch = scratch;
    this.firn = firn;
  }

  /// A line each of first, second backup and restore.
  record Outcome(Measured first, Measured second, Measured restore, long bytesPerPoint) {}

  Outcome run() throws IOException {
    Path disk = scratch.resolve("large.img");
    Path repository = scratch.resolve("large");
    Path folder = Files.createDirectory(scratch.resolve("large-restored"));
    make(disk);
    firn.init(repository);
    Stopwatch stopwatch = new Stopwatch(scratch);
    Measured first = stopwatch.time(firn.backup(repository, disk), firn.environment());
    long before = size(repository);
    Measured second = stopwatch.time(firn.backup(repository, disk), firn.environment());
    long perPoint = size(repository) - before;
    firn.stored(stopwatch.output());
    Measured restore = stopwatch.time(firn.restore(repository, disk, folder), firn.environment());
    Shell.run("rm", "-rf", "" + disk, "" + repository, "" + folder);
    return new Outcome(first, second, restore, perPoint);
  }

  private static void make(Path disk) throws IOException {
    Random random = new Random(11);
    byte[] piece = new byte[PIECE];
    try (RandomAccessFile out = new RandomAccessFile(disk.toFile(), "rw")) {
      out.setLength(SIZE_BYTES);
      for (long at = 0; at < SIZE_BYTES; at += STRIDE_BYTES) {
        random.nextBytes(piece);
        out.seek(at + random.nextLong(STRIDE_BYTES / PIECE) * PIECE);
        out.write(piece);
      }
    }
  }

  private static long size(Path folder) throws IOException {
    return Long.parseLong(Shell.run("du", "-s", "-b", folder.toString()).split("\\s")[0]);
  }
}
