package io.firn.backend.s3.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands in front of an S3 server and does harm where its script says so. One request a
/// connection.
public final class FaultProxy implements TestServer {
  /// Says what happens to a request; empty: nothing. Called from several threads.
  @FunctionalInterface
  public interface Script {
    Optional<Fault> fault(ProxiedRequest request);
  }

  private static final int HEAD_LIMIT = 1 << 16;

  private final TestServer server;
  private final Script script;
  private final Duration latency;
  private final Connections connections;
  private final AtomicInteger requests = new AtomicInteger();
  private final List<Fault> done = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> firstLists = new ConcurrentHashMap<>();

  private FaultProxy(TestServer server, Duration latency, Script script) throws IOException {
    this.server = server;
    this.script = script;
    this.latency = latency;
    this.connections =
        Connections.accept(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), this::serve);
  }

  public static FaultProxy start(TestServer server, Script script) {
    return start(server, Duration.ZERO, script);
  }

  /// With a delay of every request.
  public static FaultProxy start(TestServer server, Duration latency, Script script) {
    try {
      return new FaultProxy(server, latency, script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public int requests() {
    return requests.get();
  }

  /// The faults so far.
  public List<Fault> done() {
    return done;
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connections.port());
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
    try (client) {
      String head = head(client.getInputStream());
      if (!head.isEmpty()) {
        Thread.sleep(latency);
        answer(client, head);
      }
    } catch (IOException | InterruptedException gone) {
      // The client has given up, or the server has: a line that ends is no news here.
    }
  }

  private void answer(Socket client, String head) throws IOException {
    String[] first = head.split(" ", 3);
    int length = Integer.parseInt(ProxiedRequest.header(head, "content-length").orElse("0"));
    ProxiedRequest request =
        new ProxiedRequest(requests.getAndIncrement(), first[0], first[1], head, length);
    Optional<Fault> fault = script.fault(request);
    fault.ifPresent(done::add);
    if (fault.orElse(null) instanceof Fault.CutUpload) {
      client.getInputStream().readNBytes(length / 2);
      return;
    }
    byte[] body = client.getInputStream().readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the client has cut the line");
    }
    byte[] answer =
        fault.orElse(null) instanceof Fault.Answer(int status, String code, String header)
            ? error(status, code, header)
            : changed(request, fault, pass(head, body));
    client.getOutputStream().write(answer);
    client.getOutputStream().flush();
  }

  private byte[] changed(ProxiedRequest request, Optional<Fault> fault, byte[] answer) {
    if (request.isList()) {
      firstLists.putIfAbsent(request.path(), answer);
    }
    if (fault.isEmpty()) {
      return answer;
    }
    int body = bodyAt(answer);
    int half = body + (answer.length - body) / 2;
    return switch (fault.get()) {
      case Fault.LoseAnswer _ -> new byte[0];
      case Fault.CutDownload _ -> Arrays.copyOf(answer, half);
      case Fault.ShortenedDownload _ -> shortened(answer, body, half);
      case Fault.WithoutLength _ -> withoutLength(answer, body);
      case Fault.FlippedDownload _ -> flipped(answer, half);
      case Fault.StaleList _ -> firstLists.getOrDefault(request.path(), answer);
      case Fault.Answer _, Fault.CutUpload _ -> answer;
    };
  }

  private static byte[] flipped(byte[] answer, int at) {
    if (at < answer.length) {
      answer[at] ^= 4;
    }
    return answer;
  }

  private static byte[] withoutLength(byte[] answer, int body) {
    byte[] head =
        new String(answer, 0, body, StandardCharsets.ISO_8859_1)
            .replaceFirst("(?i)content-length: *\\d+\r\n", "")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(head, head.length + answer.length - body);
    System.arraycopy(answer, body, all, head.length, answer.length - body);
    return all;
  }

  private static byte[] shortened(byte[] answer, int body, int half) {
    String head =
        new String(answer, 0, body, StandardCharsets.ISO_8859_1)
            .replaceFirst("(?i)content-length: *\\d+", "Content-Length: " + (half - body));
    byte[] changed = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(changed, changed.length + half - body);
    System.arraycopy(answer, body, all, changed.length, half - body);
    return all;
  }

  /// The server's whole answer. `Connection` is not among the headers that are signed.
  private byte[] pass(String head, byte[] body) throws IOException {
    try (Socket upstream = new Socket(server.endpoint().getHost(), server.endpoint().getPort())) {
      String changed =
          head.replaceAll("(?i)\r\nconnection:[^\r]*", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
      OutputStream out = upstream.getOutputStream();
      out.write(changed.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return upstream.getInputStream().readAllBytes();
    }
  }

  private static byte[] error(int status, String code, String header) {
    String body = "<Error><Code>" + code + "</Code><Message>as scripted</Message></Error>";
    String extra = header.isEmpty() ? "" : header + "\r\n";
    return ("HTTP/1.1 "
            + status
            + " Scripted\r\nContent-Type: application/xml\r\nConnection: close\r\n"
            + extra
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4 && head.size() < HEAD_LIMIT) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
      boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
      matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static int bodyAt(byte[] answer) {
    int at = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    return at < 0 ? answer.length : at + 4;
  }
}
