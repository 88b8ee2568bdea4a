package io.firn.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Files of this machine, copied into one folder until it holds so many bytes: what a file system
/// is filled with. Folders in the order given, files in the order of the file system. Bulky
/// applications come last: they hold the same files many times over, which few guests do.
final class MachineFiles {
  private static final long LARGEST_BYTES = 256L << 20;

  private static final Predicate<String> BULKY =
      Pattern.compile("google-cloud-sdk|llvm-?[0-9]*|chromium").asMatchPredicate();

  private final Path target;
  private final long limitBytes;
  private final List<Path> bulky = new ArrayList<>();
  private long copied;

  MachineFiles(Path target, long limitBytes) {
    this.target = target;
    this.limitBytes = limitBytes;
  }

  /// The default choice: libraries of a developer, then the system's own files.
  static List<Path> folders() {
    return List.of(
        Path.of(System.getProperty("user.home"), ".m2"),
        Path.of("/usr/bin"),
        Path.of("/usr/share"),
        Path.of("/usr/include"),
        Path.of("/usr/lib"));
  }

  void copy(List<Path> folders) throws IOException {
    copyAll(folders, BULKY);
    copyAll(List.copyOf(bulky), _ -> false);
  }

  private void copyAll(List<Path> folders, Predicate<String> later) throws IOException {
    for (Path folder : folders) {
      if (Files.isDirectory(folder) && copied < limitBytes) {
        Files.walkFileTree(folder, new Copying(later));
      }
    }
  }

  private final class Copying extends SimpleFileVisitor<Path> {
    private final Predicate<String> later;

    Copying(Predicate<String> later) {
      this.later = later;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (later.test(folder.getFileName().toString())) {
        bulky.add(folder);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()
          && attributes.size() <= LARGEST_BYTES
          && Files.isReadable(file)) {
        Path copy = target.resolve(file.toString().substring(1));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        copied += attributes.size();
      }
      return copied < limitBytes ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    /// A file that goes while it is looked at is not worth a benchmark.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
