package io.firn.backend.s3.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// Speaks TLS in front of a server that speaks none, and passes on what comes. Thread-safe.
public final class TlsFront implements TestServer {
  private final TestServer server;
  private final SSLServerSocket socket;
  private final AtomicInteger connections = new AtomicInteger();

  private TlsFront(TestServer server, SSLServerSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  /// Starts one with the certificate of that context.
  public static TlsFront start(TestServer server, SSLContext context) {
    try {
      TlsFront front =
          new TlsFront(
              server,
              (SSLServerSocket)
                  context
                      .getServerSocketFactory()
                      .createServerSocket(0, 100, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(front::accept);
      return front;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// How often somebody has come, trusting or not.
  public int connections() {
    return connections.get();
  }

  @Override
  public URI endpoint() {
    return URI.create("https://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public String accessKey() {
    return server.accessKey();
  }

  @Override
  public String secretKey() {
    return server.secretKey();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void accept() {
    try {
      while (!socket.isClosed()) {
        Socket client = socket.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The front has been closed.
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.endpoint().getHost(), server.endpoint().getPort())) {
      Thread answers = Thread.ofVirtual().start(() -> pass(upstream, client));
      pass(client, upstream);
      answers.join();
    } catch (IOException | InterruptedException gone) {
      // One of the two has given up: the client says so.
    }
  }

  /// Until one side ends.
  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException gone) {
      // As above.
    }
  }
}
