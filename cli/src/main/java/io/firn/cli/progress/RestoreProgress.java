package io.firn.cli.progress;

import io.firn.graph.ObjectRef;
import io.firn.restore.RestoreListener;
import java.util.Locale;

/// A restore's events as progress. Thread-safe.
public record RestoreProgress(Progress progress) implements RestoreListener {
  @Override
  public void step(Step step, String detail) {
    progress.step(step.name().toLowerCase(Locale.ROOT), detail);
  }

  @Override
  public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {
    progress.transfer(
        claim.namespace() + "/" + claim.name(),
        new Amount.Written(bytesDone, bytesTotal, bytesStored));
  }

  @Override
  public void warning(String message) {
    progress.warning(message);
  }
}
