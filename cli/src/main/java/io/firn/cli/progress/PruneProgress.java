package io.firn.cli.progress;

import io.firn.repository.prune.PruneListener;
import java.util.EnumSet;
import java.util.Set;

/// A prune's phases as steps, its bytes as a transfer. Thread-safe.
public final class PruneProgress implements PruneListener {
  private final Progress progress;
  private final String domain;
  private final Set<Phase> begun = EnumSet.noneOf(Phase.class);

  public PruneProgress(Progress progress, String domain) {
    this.progress = progress;
    this.domain = domain;
  }

  @Override
  public synchronized void progress(Phase phase, long done, long total) {
    if (begun.add(phase)) {
      step(phase, total);
    }
    if (phase == Phase.REPACK) {
      progress.transfer(domain, done, total, done);
    }
  }

  private void step(Phase phase, long total) {
    switch (phase) {
      case SNAPSHOTS -> progress.step("read", total + " points");
      case INDEXES -> progress.step("read", total + " index files");
      case DELETE -> progress.step("delete", total + " packs");
      case REPACK -> progress.step("repack", domain);
    }
  }
}
