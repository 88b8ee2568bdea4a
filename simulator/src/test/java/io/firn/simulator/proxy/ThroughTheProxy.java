package io.firn.simulator.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A client that trusts one certificate.
final class ThroughTheProxy implements AutoCloseable {
  private final URI server;
  private final SSLContext tls;
  private final HttpClient http;

  ThroughTheProxy(URI server, Path certificate) throws IOException, GeneralSecurityException {
    this.server = server;
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    this.tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    this.http = HttpClient.newBuilder().sslContext(tls).build();
  }

  HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return http.send(request(target).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String target, String body) throws IOException, InterruptedException {
    return http.send(
        request(target).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(server.resolve(target)).header("Authorization", "Bearer tester");
  }

  /// Lines of an answer that goes on; closing it goes away from it.
  record Watching(BufferedReader lines) implements AutoCloseable {
    String next() throws IOException {
      return String.valueOf(lines.readLine());
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  Watching watch(String target) throws IOException, InterruptedException {
    InputStream body =
        http.send(request(target).build(), HttpResponse.BodyHandlers.ofInputStream()).body();
    return new Watching(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
  }

  /// A connection that the server has turned into something else than HTTP.
  SSLSocket upgrade(String target) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(server.getHost(), server.getPort());
    write(
        socket,
        "POST " + target + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: SPDY\r\n\r\n");
    Head head = Head.read(socket.getInputStream()).orElseThrow();
    if (!head.word(1).equals("101")) {
      throw new AssertionError(head);
    }
    return socket;
  }

  static String exchange(SSLSocket socket, String line) throws IOException {
    write(socket, line);
    return Head.line(socket.getInputStream());
  }

  private static void write(SSLSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
