package io.firn.repository.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Where a repository's files rest. Files are written once and never changed.
///
/// Errors: an absent file is a [java.nio.file.NoSuchFileException], an existing one on save a
/// [java.nio.file.FileAlreadyExistsException]; [PermanentBackendException] means that trying again
/// is useless (no space, no permission); any other [IOException] may be tried again.
///
/// Thread-safe. A failed or interrupted save leaves no file that [#list] shows.
public interface Backend extends AutoCloseable {
  /// Creates what a new repository needs (folders, say). Idempotent.
  void create() throws IOException;

  /// Whether there is anything at this place, a repository or not.
  boolean exists() throws IOException;

  /// The path of a file at this place that is none of a repository's, relative to it; empty where
  /// there is none. Asked before a repository is made: may look at the first thousand files only.
  Optional<String> foreignFile() throws IOException;

  /// Saves a whole file durably: once this returns, a crash does not lose it and every reader sees
  /// it whole.
  void save(FileHandle handle, ByteBuffer... content) throws IOException;

  /// The whole file.
  byte[] load(FileHandle handle) throws IOException;

  /// Fills `target` from `offsetBytes` on; fails with [java.io.EOFException] where the file is
  /// shorter.
  void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException;

  /// All files of a type whose names are valid, in no particular order.
  List<FileEntry> list(FileType type) throws IOException;

  /// Size in bytes; [java.nio.file.NoSuchFileException] where absent.
  long size(FileHandle handle) throws IOException;

  /// Removes a file; absent is not an error.
  void delete(FileHandle handle) throws IOException;

  /// The storage's protection against deletion; empty where it has none or none was asked for.
  default Optional<ObjectLock> objectLock() {
    return Optional.empty();
  }

  /// Where this is, for messages: a path or URL without secrets.
  String location();

  @Override
  void close();
}
