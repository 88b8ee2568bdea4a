package io.firn.cluster.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The lines of a watch. A thread of its own reads, so that waiting for a line can end at a
/// deadline even when the server sends nothing.
///
/// For one thread.
final class WatchStream implements AutoCloseable {
  private static final Optional<String> END = Optional.empty();

  private final InputStream in;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  WatchStream(InputStream in) {
    this.in = in;
    Thread.ofVirtual().name("firn-watch").start(this::read);
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException cut) {
      // A cut watch ends like a finished one: the caller lists again and opens another.
    } finally {
      lines.add(END);
    }
  }

  /// The next line; empty at the end of the stream or after `atMost`.
  Optional<String> next(Duration atMost) throws InterruptedException {
    Optional<String> line = lines.poll(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
    return line == null ? END : line;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException alreadyCut) {
      // Nothing more is wanted of it.
    }
  }
}
