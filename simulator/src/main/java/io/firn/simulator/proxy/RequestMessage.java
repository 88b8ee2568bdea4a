package io.firn.simulator.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A whole request as a client sent it.
final class RequestMessage {
  private static final byte[] GO_ON =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Head head;
  private final byte[] body;
  private final CompletableFuture<Boolean> upgraded = new CompletableFuture<>();

  private RequestMessage(Head head, byte[] body) {
    this.head = head;
    this.body = body;
  }

  /// The next one of a connection; empty where the client has closed it. `out` is for clients that
  /// wait to be told to send their body.
  static Optional<RequestMessage> read(InputStream in, OutputStream out) throws IOException {
    Optional<Head> head = Head.read(in);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    if (head.get().says("Expect", "100-continue")) {
      out.write(GO_ON);
      out.flush();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Framing.ofRequest(head.get()).transfer(in, body);
    return Optional.of(new RequestMessage(head.get().without("Expect"), body.toByteArray()));
  }

  String method() {
    return head.word(0);
  }

  /// The path without its query, decoded.
  String path() {
    return URI.create(head.word(1)).getPath();
  }

  /// Whether the answer may turn the connection into something else, as exec and attach do.
  boolean mayUpgrade() {
    return head.says("Connection", "upgrade");
  }

  /// Told once whether it did.
  CompletableFuture<Boolean> upgraded() {
    return upgraded;
  }

  void writeTo(OutputStream out) throws IOException {
    head.writeTo(out);
    out.write(body);
    out.flush();
  }
}
