package io.firn.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.stream.Stream;

/// Harms repositories on disk.
public final class Damaging {
  private Damaging() {}

  /// Copies a vault, so that the original stays whole.
  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Flips one bit in the first third of the largest pack; returns the pack.
  public static Path flipBitInLargestPack(Path repository) throws IOException {
    Path pack = largestPack(repository);
    byte[] content = Files.readAllBytes(pack);
    content[content.length / 3] ^= 1;
    pack.toFile().setWritable(true);
    Files.write(pack, content);
    return pack;
  }

  /// The largest pack: it holds blocks of disks.
  public static Path largestPack(Path repository) throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve("data"))) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(Damaging::size))
          .orElseThrow();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
