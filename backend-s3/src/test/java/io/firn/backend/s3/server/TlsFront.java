package io.firn.backend.s3.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// Speaks TLS in front of a server that speaks none, and passes on what comes. Thread-safe.
public final class TlsFront implements TestServer {
  private final TestServer server;
  private final Connections connections;
  private final AtomicInteger come = new AtomicInteger();

  private TlsFront(TestServer server, SSLContext context) throws IOException {
    this.server = server;
    this.connections =
        Connections.accept(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.getLoopbackAddress()),
            this::serve);
  }

  /// Starts one with the certificate of that context.
  public static TlsFront start(TestServer server, SSLContext context) {
    try {
      return new TlsFront(server, context);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// How often somebody has come, trusting or not.
  public int connections() {
    return come.get();
  }

  @Override
  public URI endpoint() {
    return URI.create("https://127.0.0.1:" + connections.port());
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
    connections.close();
  }

  private void serve(Socket client) {
    come.incrementAndGet();
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
