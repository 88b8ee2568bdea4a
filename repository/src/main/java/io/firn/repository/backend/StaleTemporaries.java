package io.firn.repository.backend;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Temporary files that writers of a local repository have left behind when they were killed. That
/// they cannot be removed is no reason not to write. Stateless.
record StaleTemporaries(Path root, InstantSource clock) {
  private static final System.Logger LOG = System.getLogger(StaleTemporaries.class.getName());

  private static final Pattern TEMPORARY = Pattern.compile("(config|[0-9a-f]{64})-tmp-[0-9]+");

  /// Whoever writes for longer than this at one file is no more.
  private static final Duration STALE_AFTER = Duration.ofDays(1);

  void remove() {
    List<Path> folders = new ArrayList<>(List.of(root));
    for (FileType type : FileType.values()) {
      folders.add(root.resolve(type.folder()));
    }
    FileTime limit = FileTime.from(clock.instant().minus(STALE_AFTER));
    try {
      folders.addAll(LocalBackend.children(root.resolve(FileType.PACK.folder())));
      for (Path folder : folders) {
        for (Path file :
            Files.isDirectory(folder) ? LocalBackend.children(folder) : List.<Path>of()) {
          if (TEMPORARY.matcher(String.valueOf(file.getFileName())).matches()) {
            removeIfOlder(limit, file);
          }
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "temporary files stay in " + root, e);
    }
  }

  private static void removeIfOlder(FileTime limit, Path file) {
    try {
      if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Its writer is alive, and has just finished with it.
      return;
    } catch (IOException e) {
      // Another user's, say.
      LOG.log(Level.DEBUG, "a temporary file stays", e);
    }
  }
}
