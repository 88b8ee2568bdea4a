package io.firn.repository.backend;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Storage that refuses to delete a file before its time (S3 Object Lock). Files get the protection
/// when they are saved; whoever relies on an older file extends it.
///
/// Thread-safe; errors as for [Backend].
public interface ObjectLock {
  /// How long a file that is saved now is protected.
  Duration period();

  /// How much longer than [#period] files are protected at a time, so that they need not be
  /// extended with each use.
  default Duration slack() {
    return Duration.ZERO;
  }

  /// Until when a file cannot be deleted; empty where it is not protected.
  Optional<Instant> lockedUntil(FileHandle handle) throws IOException;

  /// Protects a file until then, or longer where it already is: protection never gets shorter.
  void extend(FileHandle handle, Instant until) throws IOException;
}
