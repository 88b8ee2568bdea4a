package io.firn.simulator.guest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves the image files of a folder over HTTP on loopback, as a mirror of disk images would: GET
/// and HEAD, `Content-Length`, one `Range`.
///
/// Thread-safe.
public final class ImageServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final int BUFFER_BYTES = 1 << 20;

  private final HttpServer server;
  private final Path folder;

  private ImageServer(HttpServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /// Serves a folder; port 0 is any free one.
  public static ImageServer start(Path folder, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ImageServer images = new ImageServer(server, folder);
    server.createContext("/", images::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return images;
  }

  /// Serves the demo's root image as `root.img`, unpacked into a folder if it is not there yet.
  public static ImageServer ofRootImage(Path folder) throws IOException {
    Path image = Files.createDirectories(folder).resolve("root.img");
    if (!Files.exists(image)) {
      RootImage.writeTo(image);
    }
    return start(folder, 0);
  }

  /// Where a file of the folder is found.
  public URI uri(String file) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + file);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (!head && !exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
      } else if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        send(exchange, file, head);
      }
    }
  }

  private record Part(long fromBytes, long lengthBytes) {}

  private static void send(HttpExchange exchange, Path file, boolean head) throws IOException {
    long sizeBytes = Files.size(file);
    String header = exchange.getRequestHeaders().getFirst("Range");
    Optional<Part> part = header == null ? Optional.empty() : part(header, sizeBytes);
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    if (header != null && part.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + sizeBytes);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    Part wanted = part.orElse(new Part(0, sizeBytes));
    part.ifPresent(one ->
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d"
                    .formatted(
                        one.fromBytes(), one.fromBytes() + one.lengthBytes() - 1, sizeBytes)));
    int status = part.isPresent() ? 206 : 200;
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(wanted.lengthBytes()));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    // A length of 0 would mean "chunked" to the server.
    exchange.sendResponseHeaders(status, wanted.lengthBytes() == 0 ? -1 : wanted.lengthBytes());
    copy(file, wanted, exchange.getResponseBody());
  }

  private static Optional<Part> part(String header, long sizeBytes) {
    Matcher matcher = RANGE.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long from = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? sizeBytes - 1 : Long.parseLong(matcher.group(2));
    last = Math.min(last, sizeBytes - 1);
    return from > last ? Optional.empty() : Optional.of(new Part(from, last - from + 1));
  }

  private static void copy(Path file, Part part, OutputStream target) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = part.fromBytes();
      long end = at + part.lengthBytes();
      while (at < end) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - at));
        int count = source.read(bytes, at);
        if (count <= 0) {
          throw new IOException(file + " shrank while it was served");
        }
        target.write(buffer, 0, count);
        at += count;
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
