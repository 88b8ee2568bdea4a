package io.firn.backup;

import io.firn.graph.ObjectRef;

/// Told what a backup is doing, from any thread. Cheap; must not throw.
public interface BackupListener {
  BackupListener SILENT =
      new BackupListener() {
        @Override
        public void step(Step step, String detail) {}

        @Override
        public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {}

        @Override
        public void warning(String message) {}
      };

  /// A step begins; `detail` says on what, for a person.
  void step(Step step, String detail);

  /// How far the mover of a claim is; bytes.
  void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored);

  /// Something went otherwise than planned, and the backup goes on.
  void warning(String message);

  /// The steps of a backup, in order; export repeats for each volume. A wait that gets long is told
  /// inside of any, again and again: what is awaited, and why it does not come.
  enum Step {
    PREPARE,
    FREEZE,
    SNAPSHOT,
    THAW,
    EXPORT,
    SEAL,
    CLEAN,
    WAIT
  }
}
