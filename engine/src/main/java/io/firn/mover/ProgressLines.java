package io.firn.mover;

import io.firn.repository.TransferListener;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;

/// Progress as JSON lines, `{"done":N,"total":N,"stored":N}`, at most one a second and always the
/// last. Thread-safe.
public final class ProgressLines implements TransferListener {
  private final PrintStream out;
  private final InstantSource clock;

  public ProgressLines(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void progress(long bytesDone, long bytesTotal, long bytesStored) {
    throw new UnsupportedOperationException("stub " + out + clock);
  }

  /// The last progress in a log so far; empty where there is none.
  public static Optional<Progress> last(String log) {
    throw new UnsupportedOperationException("stub " + log);
  }

  /// One line; bytes.
  public record Progress(long done, long total, long stored) {}
}
