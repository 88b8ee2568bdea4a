package io.firn.simulator.proxy;

import io.firn.simulator.api.Refusal;
import io.firn.simulator.api.RequestFaults;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;

/// A client's connection, and one to the API server that belongs to it. One thread reads requests,
/// so that it notices when the client goes away from a watch; another answers them in turn.
final class Connection implements AutoCloseable {
  private final Socket wire;
  private final SSLSocket client;
  private final RequestFaults faults;
  private final Backend backend;
  private final BlockingQueue<RequestMessage> requests = new LinkedBlockingQueue<>();
  private volatile boolean over;

  /// `client` is TLS over `wire`.
  Connection(Socket wire, SSLSocket client, Upstream upstream, RequestFaults faults) {
    this.wire = wire;
    this.client = client;
    this.faults = faults;
    this.backend = new Backend(upstream);
  }

  /// Serves until one of the sides closes.
  void serve() throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    Thread answering = Thread.ofVirtual().name("fault-proxy-answers").start(() -> answerAll(out));
    try {
      Optional<RequestMessage> next = RequestMessage.read(in, out);
      while (next.isPresent()) {
        requests.put(next.get());
        if (next.get().mayUpgrade() && !over && next.get().upgraded().join()) {
          backend.send(in);
          return;
        }
        next = RequestMessage.read(in, out);
      }
    } finally {
      close();
      answering.interrupt();
    }
  }

  private void answerAll(OutputStream out) {
    try {
      boolean goesOn = true;
      while (goesOn) {
        RequestMessage request = requests.take();
        try {
          goesOn = answer(request, out);
        } finally {
          request.upgraded().complete(false);
        }
      }
    } catch (IOException e) {
      // One of the sides has gone: the other one is told by the end of its connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      requests.forEach(request -> request.upgraded().complete(false));
      close();
    }
  }

  /// Says whether the connection can be used again.
  private boolean answer(RequestMessage request, OutputStream out)
      throws IOException, InterruptedException {
    return switch (faults.judge(request.method(), request.path(), "")) {
      case RequestFaults.Verdict.Pass() -> pass(request, out);
      case RequestFaults.Verdict.Delay(var by) -> {
        Thread.sleep(by);
        yield pass(request, out);
      }
      case RequestFaults.Verdict.Refuse(int status, String message, int retryAfterSeconds) -> {
        refuse(status, message, retryAfterSeconds, out);
        yield true;
      }
      case RequestFaults.Verdict.Cut(boolean afterWork) -> {
        if (afterWork) {
          // The server begins its answer when the work is done.
          var _ = backend.ask(request);
        }
        yield false;
      }
    };
  }

  private boolean pass(RequestMessage request, OutputStream out) throws IOException {
    Head head = backend.ask(request);
    head.writeTo(out);
    out.flush();
    boolean upgraded = head.word(1).equals("101");
    request.upgraded().complete(upgraded);
    Framing framing =
        upgraded ? new Framing.UntilClose() : Framing.ofAnswer(head, request.method());
    backend.receive(framing, out);
    out.flush();
    boolean ends = framing instanceof Framing.UntilClose || head.says("Connection", "close");
    if (ends) {
      client.shutdownOutput();
    }
    return !ends;
  }

  private static void refuse(int status, String message, int retryAfterSeconds, OutputStream out)
      throws IOException {
    byte[] body = Refusal.status(status, message).toString().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Refused\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    if (retryAfterSeconds > 0) {
      head.append("Retry-After: ").append(retryAfterSeconds).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  @Override
  public void close() {
    backend.close();
    try {
      wire.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }
}
