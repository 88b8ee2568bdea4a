package io.firn.repository.backend;

/// The kinds of file in a repository and the folder each lives in (restic design, "Repository
/// layout").
public enum FileType {
  CONFIG("config"),
  KEY("keys"),
  PACK("data"),
  INDEX("index"),
  SNAPSHOT("snapshots"),
  LOCK("locks");

  private final String folder;

  FileType(String folder) {
    this.folder = folder;
  }

  /// The folder's name; for [#CONFIG] the file's own name.
  public String folder() {
    return folder;
  }
}
