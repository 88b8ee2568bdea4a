package io.firn.repository.backend;

/// The kinds of file in a repository and the folder each lives in (restic design, "Repository
/// layout").
public enum FileType {
  CONFIG("config"),
  KEY("keys"),
  PACK("data"),
  INDEX("index"),
  SNAPSHOT("snapshots"),
  LOCK("locks"),
  /// What a prune means to delete, and since when (`io.firn.repository.prune.MarkFile`). Firn's
  /// own: restic does not look into folders that it does not know. Lives for days, so storage need
  /// not protect it against deletion.
  MARK("marks"),
  /// What the blocks of a volume were when it was last read (`io.firn.repository.seen.SeenFiles`).
  /// Firn's own; may be deleted at any moment, so storage need not protect it.
  SEEN("seen");

  private final String folder;

  FileType(String folder) {
    this.folder = folder;
  }

  /// The folder's name; for [#CONFIG] the file's own name.
  public String folder() {
    return folder;
  }
}
