package io.firn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that backs up a disk. Command lines as a user would type them.
interface Peer {
  /// Name and version, for the table.
  String name();

  /// Makes an empty repository; not measured.
  void init(Path repository) throws IOException;

  List<String> backup(Path repository, Path disk);

  /// Into `folder`, which is empty.
  List<String> restore(Path repository, Path disk, Path folder);

  /// Where [#restore] puts the disk.
  Path restored(Path disk, Path folder);

  Map<String, String> environment();

  /// Told what a backup printed: some programs name there what to restore.
  default void stored(String output) {}

  /// The last backup is the one that changed ranges will be counted from.
  default void parent() {}

  /// Whether a backup can be told what has changed.
  default boolean takesRanges() {
    return false;
  }

  /// Bytes that the last backup read from the disk, 0 where it does not say.
  default long bytesRead() {
    return 0;
  }

  /// A backup that is told what has changed since [#parent]; empty where that cannot be said.
  default Optional<List<String>> backupOf(Path repository, Path disk, Path ranges) {
    return Optional.empty();
  }
}
