package io.firn.simulator.proxy;

import io.firn.simulator.api.Kubeconfig;
import io.firn.simulator.tls.LoopbackIdentity;
import io.firn.simulator.tls.ServerIdentity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A server that remembers what arrives and answers in every way that HTTP has to tell the end of
/// an answer.
final class BehindTheProxy implements AutoCloseable {
  private final SSLServerSocket listening;
  private final Path kubeconfig;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch second = new CountDownLatch(1);
  private final CountDownLatch watchEnded = new CountDownLatch(1);

  private BehindTheProxy(SSLServerSocket listening, Path kubeconfig) {
    this.listening = listening;
    this.kubeconfig = kubeconfig;
    Thread.ofVirtual().start(this::accept);
  }

  static BehindTheProxy start(Path directory) throws IOException {
    ServerIdentity identity = LoopbackIdentity.in(directory, "behind");
    SSLServerSocket listening =
        (SSLServerSocket)
            identity
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Path kubeconfig = directory.resolve("kubeconfig");
    URI uri = URI.create("https://127.0.0.1:" + listening.getLocalPort());
    Kubeconfig.write(kubeconfig, "behind", uri, identity.certificate(), "tester");
    return new BehindTheProxy(listening, kubeconfig);
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /// Method, target, token and body of each request.
  List<String> seen() {
    return seen;
  }

  /// Lets the watch tell its second event.
  void goOn() {
    second.countDown();
  }

  boolean watchEnds() throws InterruptedException {
    return watchEnded.await(10, TimeUnit.SECONDS);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Optional<Head> head = Head.read(in);
      while (head.isPresent()) {
        answer(head.get(), in, out);
        head = Head.read(in);
      }
    } catch (IOException | InterruptedException e) {
      // The proxy has gone.
    }
  }

  private void answer(Head head, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    String target = head.word(1);
    if (head.says("Connection", "upgrade")) {
      write(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n");
      while (true) {
        write(out, "echo " + Head.line(in) + "\n");
      }
    } else if (target.contains("watch=true")) {
      watch(in, out);
    } else if (target.startsWith("/echo/")) {
      String text = "echo " + target.substring("/echo/".length());
      write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
    } else {
      byte[] body = in.readNBytes(length(head));
      String token = head.header("Authorization").replace("Bearer ", "");
      String text = new String(body, StandardCharsets.UTF_8);
      seen.add(head.word(0) + " " + target + " " + token + " " + text);
      String status = head.word(0).equals("POST") ? "201 Created" : "200 OK";
      write(
          out,
          "HTTP/1.1 "
              + status
              + "\r\nWarning: 299 - \"mind\"\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2\r\nma\r\n2;x=y\r\nde\r\n0\r\n\r\n");
    }
  }

  private static int length(Head head) {
    String length = head.header("Content-Length");
    return length.isEmpty() ? 0 : Integer.parseInt(length);
  }

  private void watch(InputStream in, OutputStream out) throws IOException, InterruptedException {
    write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nevent 1\n\r\n");
    second.await();
    write(out, "8\r\nevent 2\n\r\n");
    try {
      if (in.read() < 0) {
        watchEnded.countDown();
      }
    } catch (IOException e) {
      watchEnded.countDown();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    second.countDown();
    try {
      listening.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
