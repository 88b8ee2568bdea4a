package io.firn.repository.backend;

/// One file of a repository. `name` is 64 lower-case hex digits, except for the config, whose name
/// is "config".
public record FileHandle(FileType type, String name) {
  public static final FileHandle CONFIG = new FileHandle(FileType.CONFIG, "config");

  @Override
  public String toString() {
    return type == FileType.CONFIG ? name : type.folder() + "/" + name;
  }
}
