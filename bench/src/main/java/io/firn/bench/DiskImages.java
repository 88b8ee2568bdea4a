package io.firn.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Two versions of a raw disk as a guest would leave it, and the list of what differs.
///
/// Thirteen sixteenths are a real ext4 file system, filled for a little more than half with files
/// of this machine and, one part in eight of those, random bytes; the rest of it is holes. Behind
/// it lie written zeros, and a hole at the end. The second version has one hundredth of the disk
/// overwritten in pieces of 64 KiB, seeded, all over the file system: the worst case for large
/// blocks.
final class DiskImages {
  private static final int PIECE = 1 << 20;
  private static final int CHANGE = 64 << 10;
  private static final long SEED = 20_260_801;

  private final Path folder;
  private final long sizeBytes;

  DiskImages(Path folder, long sizeBytes) {
    this.folder = folder;
    this.sizeBytes = sizeBytes;
  }

  Path first() {
    return folder.resolve("first.img");
  }

  Path second() {
    return folder.resolve("second.img");
  }

  /// Lines of `offset length` in bytes.
  Path ranges() {
    return folder.resolve("changed-ranges");
  }

  /// Bytes in blocks of that size that changed ranges touch: no less can be read of a disk that is
  /// stored in such blocks.
  long changedBytes(int blockBytes) throws IOException {
    try (Stream<String> lines = Files.lines(ranges())) {
      return blockBytes
          * lines
              .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) / blockBytes)
              .distinct()
              .count();
    }
  }

  private long fileSystemBytes() {
    return sizeBytes / 16 * 13;
  }

  void make() throws IOException {
    makeFileSystem();
    try (RandomAccessFile out = new RandomAccessFile(first().toFile(), "rw")) {
      out.setLength(sizeBytes);
      byte[] zeros = new byte[PIECE];
      out.seek(fileSystemBytes());
      for (long done = 0; done < sizeBytes / 32 * 3; done += PIECE) {
        out.write(zeros);
      }
    }
    Shell.run("cp", "--sparse=always", first().toString(), second().toString());
    change();
  }

  /// The same files give the same file system: its UUID, hash seed and times are fixed.
  private void makeFileSystem() throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    long content = fileSystemBytes() * 9 / 16;
    randomFile(Files.createDirectory(files.resolve("var")).resolve("random"), content / 8);
    new MachineFiles(files, content - content / 8).copy(MachineFiles.folders());
    Shell.run("truncate", "-s", "" + fileSystemBytes(), first().toString());
    Shell.run(
        "env",
        "PATH=/usr/sbin:/sbin:/usr/bin:/bin",
        "E2FSPROGS_FAKE_TIME=1754006400",
        "mkfs.ext4",
        "-q",
        "-F",
        "-U",
        "5f1e9a52-6f0c-4e0e-8f6b-0f3a1d1f0a11",
        "-E",
        "hash_seed=5f1e9a52-6f0c-4e0e-8f6b-0f3a1d1f0a11,root_owner=0:0",
        "-d",
        files.toString(),
        first().toString());
    Shell.run("rm", "-rf", files.toString());
  }

  private static void randomFile(Path file, long bytes) throws IOException {
    Random random = new Random(SEED);
    byte[] piece = new byte[PIECE];
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (long done = 0; done < bytes; done += PIECE) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
  }

  private void change() throws IOException {
    Random random = new Random(SEED + 1);
    TreeSet<Long> pieces = new TreeSet<>();
    while (pieces.size() < sizeBytes / 100 / CHANGE) {
      pieces.add(random.nextLong(fileSystemBytes() / CHANGE));
    }
    byte[] piece = new byte[CHANGE];
    try (RandomAccessFile out = new RandomAccessFile(second().toFile(), "rw")) {
      for (long number : pieces) {
        random.nextBytes(piece);
        out.seek(number * CHANGE);
        out.write(piece);
      }
    }
    List<String> lines = pieces.stream().map(number -> number * CHANGE + " " + CHANGE).toList();
    Files.write(ranges(), lines);
  }
}
