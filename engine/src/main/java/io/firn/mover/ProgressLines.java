package io.firn.mover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firn.repository.TransferListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Progress as JSON lines, `{"done":N,"total":N,"stored":N}`, at most one a second and always the
/// last. Thread-safe.
public final class ProgressLines implements TransferListener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PACE = Duration.ofSeconds(1);

  private final PrintStream out;
  private final InstantSource clock;
  private Instant next = Instant.MIN;
  private long highest = -1;
  private long stored = -1;

  public ProgressLines(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void progress(long bytesDone, long bytesTotal, long bytesStored) {
    Instant now = clock.instant();
    boolean last = bytesDone == bytesTotal;
    // Workers report out of order: a line never goes back. The last one may be said before all is
    // stored, and then is said again.
    boolean further = bytesDone > highest || (bytesDone == highest && bytesStored > stored);
    if (!further || (!last && now.isBefore(next))) {
      return;
    }
    highest = bytesDone;
    stored = bytesStored;
    next = now.plus(PACE);
    out.println(
        JSON.createObjectNode()
            .put("done", bytesDone)
            .put("total", bytesTotal)
            .put("stored", bytesStored));
    out.flush();
  }

  /// The last progress in a log so far; empty where there is none. A line that is still being
  /// written, or says something else, does not count.
  public static Optional<Progress> last(String log) {
    return log.lines().toList().reversed().stream()
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .flatMap(line -> parse(line).stream())
        .findFirst();
  }

  private static Optional<Progress> parse(String line) {
    try {
      JsonNode tree = JSON.readTree(line);
      return tree.path("done").isNumber()
          ? Optional.of(
              new Progress(
                  tree.path("done").asLong(),
                  tree.path("total").asLong(),
                  tree.path("stored").asLong()))
          : Optional.empty();
    } catch (JsonProcessingException _) {
      // Something else that a mover prints.
      return Optional.empty();
    }
  }

  /// One line; bytes.
  public record Progress(long done, long total, long stored) {}
}
