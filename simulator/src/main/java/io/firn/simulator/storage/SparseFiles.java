package io.firn.simulator.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Making, growing and removing sparse files.
final class SparseFiles {
  private SparseFiles() {}

  /// A file of zeros that takes no space.
  static void create(Path file, long sizeBytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      extend(channel, sizeBytes);
    }
  }

  /// Grows a file with a hole; a larger one is left.
  static void grow(Path file, long sizeBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      extend(channel, sizeBytes);
    }
  }

  /// A file grows only through a write of its last byte: `FileChannel` has no other way.
  static void extend(FileChannel channel, long sizeBytes) throws IOException {
    if (channel.size() < sizeBytes) {
      channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
    }
  }

  /// Removes a file or a folder with everything in it; absent is fine.
  static void remove(Path path) throws IOException {
    if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }
}
