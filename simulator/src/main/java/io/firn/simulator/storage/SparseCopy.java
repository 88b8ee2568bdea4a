package io.firn.simulator.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/// Copies files and folders and keeps their holes: blocks are shared where the file system can,
/// otherwise only the ranges with data are copied.
///
/// Thread-safe; the caller keeps writers out.
public final class SparseCopy {
  private SparseCopy() {}

  /// Copies a file, or a folder with everything in it. `to` must not exist.
  public static void copy(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      tree(from, to);
    } else {
      file(from, to);
    }
  }

  private static void file(Path from, Path to) throws IOException {
    Files.createFile(to);
    if (NativeFiles.share(from, to)) {
      return;
    }
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target = FileChannel.open(to, StandardOpenOption.WRITE)) {
      long sizeBytes = source.size();
      for (DataExtents.Extent extent : DataExtents.of(from, sizeBytes)) {
        copyRange(source, target, extent, from);
      }
      SparseFiles.extend(target, sizeBytes);
    }
  }

  private static void copyRange(
      FileChannel source, FileChannel target, DataExtents.Extent extent, Path from)
      throws IOException {
    long at = extent.offsetBytes();
    long end = at + extent.lengthBytes();
    while (at < end) {
      long copied = source.transferTo(at, end - at, target.position(at));
      if (copied <= 0) {
        throw new EOFException(from + " shrank while it was copied");
      }
      at += copied;
    }
  }

  private static void tree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(file));
            if (attributes.isRegularFile()) {
              file(file, copy);
            } else {
              Files.copy(file, copy, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Moves a finished copy to its name, at once.
  static void publish(Path copy, Path name) throws IOException {
    Files.move(copy, name, StandardCopyOption.ATOMIC_MOVE);
  }
}
