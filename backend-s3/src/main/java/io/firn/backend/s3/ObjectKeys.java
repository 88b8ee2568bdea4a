package io.firn.backend.s3;

import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ResticLayout;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where files lie below a prefix, exactly as restic's default layout has it: `config`,
/// `data/ab/abcd…`, `index/…`. `prefix` is "" or ends with a slash.
record ObjectKeys(String prefix) {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  static ObjectKeys below(String prefix, String folder) {
    String base = prefix.isEmpty() || folder.isEmpty() ? prefix + folder : prefix + "/" + folder;
    return new ObjectKeys(base.isEmpty() ? "" : base + "/");
  }

  String of(FileHandle handle) {
    String name = handle.name();
    return switch (handle.type()) {
      case CONFIG -> prefix + name;
      case PACK -> folder(handle.type()) + name.substring(0, 2) + "/" + name;
      case KEY, INDEX, SNAPSHOT, LOCK, MARK, SEEN -> folder(handle.type()) + name;
    };
  }

  String folder(FileType type) {
    return prefix + type.folder() + "/";
  }

  /// The path below the prefix where it is none of a repository's. What ends with a slash is a
  /// folder that a console has made, and no file.
  Optional<String> foreign(String key) {
    String path = key.substring(prefix.length());
    boolean file = !path.isEmpty() && !path.endsWith("/");
    return file && !ResticLayout.has(path) ? Optional.of(path) : Optional.empty();
  }

  /// The file of a listed key; empty where it is none of a repository's.
  Optional<FileHandle> handle(FileType type, String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    FileHandle handle = new FileHandle(type, name);
    return of(handle).equals(key) ? Optional.of(handle) : Optional.empty();
  }
}
