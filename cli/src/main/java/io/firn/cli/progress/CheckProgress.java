package io.firn.cli.progress;

import io.firn.cli.output.Human;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import java.util.EnumSet;
import java.util.Set;

/// A check's phases as steps, its packs as a transfer: of bytes where it reads them, else of their
/// share, since headers are a small part of what packs weigh. Thread-safe.
public final class CheckProgress implements CheckListener {
  private final Progress progress;
  private final String domain;
  private final CheckDepth depth;
  private final Set<Phase> begun = EnumSet.noneOf(Phase.class);

  public CheckProgress(Progress progress, String domain, CheckDepth depth) {
    this.progress = progress;
    this.domain = domain;
    this.depth = depth;
  }

  @Override
  public synchronized void progress(Phase phase, long done, long total) {
    boolean first = begun.add(phase);
    switch (phase) {
      case INDEXES -> step(first, Human.count(total, "index file"));
      case SNAPSHOTS -> step(first, Human.count(total, "snapshot"));
      case PACKS -> progress.transfer(domain, packs(done, total));
    }
  }

  private void step(boolean first, String what) {
    if (first) {
      progress.step("read", what);
    }
  }

  private Amount packs(long done, long total) {
    return switch (depth) {
      case DATA -> new Amount.Read(done, total);
      case STRUCTURE, HEADERS -> new Amount.Share(done, total);
    };
  }
}
