package io.firn.simulator.kubelet;

import io.firn.simulator.api.PodLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// When a container printed what: a mark for each piece of output, at most a hundred a second.
///
/// Thread-safe.
final class LogMarks {
  private static final Duration CLOSE = Duration.ofMillis(10);

  private final InstantSource clock;
  private final List<PodLog.Mark> marks = new ArrayList<>();
  private long bytes;

  LogMarks(InstantSource clock) {
    this.clock = clock;
  }

  /// The log is so long now.
  synchronized void grown(long to) {
    Instant now = clock.instant();
    if (to > bytes && (marks.isEmpty() || !now.isBefore(marks.getLast().at().plus(CLOSE)))) {
      marks.add(new PodLog.Mark(bytes, now));
    }
    bytes = Math.max(bytes, to);
  }

  synchronized List<PodLog.Mark> all() {
    return List.copyOf(marks);
  }
}
