package io.firn.repository.backend;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// Makes the names in a folder durable. Stateless.
final class FolderSync {
  private FolderSync() {}

  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      if (!isUnknown(e)) {
        throw e;
      }
    }
  }

  /// Some file systems (CIFS, some in user space) cannot sync a folder; restic passes over it too.
  /// Java gives no error number, only the system's own words. A folder that may be written and not
  /// read cannot be synced either.
  static boolean isUnknown(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return e instanceof AccessDeniedException
        || text.contains("invalid argument")
        || text.contains("not supported");
  }
}
