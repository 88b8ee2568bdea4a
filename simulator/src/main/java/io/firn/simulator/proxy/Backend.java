package io.firn.simulator.proxy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The connection to the API server that stands behind one client's. Asked by one thread; another
/// may close it, which ends what the first one waits for.
final class Backend implements AutoCloseable {
  /// The API server closes connections that have been idle for 90 seconds, and would do so just
  /// when the next request is on its way.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Upstream upstream;
  private volatile @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();
  private long usedAtNanos;
  private volatile boolean closed;

  Backend(Upstream upstream) {
    this.upstream = upstream;
  }

  /// Sends a request; the head of its answer.
  Head ask(RequestMessage request) throws IOException {
    request.writeTo(fresh().getOutputStream());
    return Head.read(in).orElseThrow(() -> new EOFException("the API server did not answer"));
  }

  /// The rest of the answer, piece by piece.
  void receive(Framing framing, OutputStream out) throws IOException {
    framing.transfer(in, out);
    usedAtNanos = System.nanoTime();
  }

  /// Passes on whatever comes, until it ends.
  void send(InputStream from) throws IOException {
    Socket now = socket;
    if (now != null) {
      OutputStream out = now.getOutputStream();
      new Framing.UntilClose().transfer(from, out);
    }
  }

  private Socket fresh() throws IOException {
    Socket now = socket;
    if (now != null && System.nanoTime() - usedAtNanos < FRESH.toNanos()) {
      return now;
    }
    if (now != null) {
      now.close();
    }
    Socket next = upstream.connect();
    socket = next;
    in = new BufferedInputStream(next.getInputStream());
    if (closed) {
      next.close();
      throw new EOFException("the client has gone");
    }
    return next;
  }

  @Override
  public void close() {
    closed = true;
    Socket now = socket;
    if (now != null) {
      try {
        now.close();
      } catch (IOException e) {
        // It is closed as far as it can be.
      }
    }
  }
}
