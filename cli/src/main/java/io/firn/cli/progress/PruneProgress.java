package io.firn.cli.progress;

import io.firn.cli.output.Human;
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
    switch (phase) {
      case REPACK -> progress.transfer(domain + " repack", new Amount.Read(done, total));
      case DELETE -> progress.transfer(domain + " delete", new Amount.Count(done, total, "packs"));
      case SNAPSHOTS, INDEXES -> {}
    }
  }

  private void step(Phase phase, long total) {
    switch (phase) {
      case SNAPSHOTS -> progress.step("read", Human.count(total, "point"));
      case INDEXES -> progress.step("read", Human.count(total, "index file"));
      case DELETE -> progress.step("delete", Human.count(total, "pack"));
      case REPACK -> progress.step("repack", domain);
    }
  }
}
