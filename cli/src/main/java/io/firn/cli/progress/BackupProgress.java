package io.firn.cli.progress;

import io.firn.backup.BackupListener;
import io.firn.graph.ObjectRef;
import java.util.Locale;

/// A backup's events as progress. Thread-safe.
public record BackupProgress(Progress progress) implements BackupListener {
  @Override
  public void step(Step step, String detail) {
    progress.step(step.name().toLowerCase(Locale.ROOT), detail);
  }

  @Override
  public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {
    progress.transfer(
        claim.namespace() + "/" + claim.name(),
        new Amount.Stored(bytesDone, bytesTotal, bytesStored));
  }

  @Override
  public void warning(String message) {
    progress.warning(message);
  }
}
