package io.firn.dist.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves one image over HTTP on loopback, as an image mirror does for CDI. Thread-safe.
final class ImageServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Path image;

  private ImageServer(HttpServer server, Path image) {
    this.server = server;
    this.image = image;
  }

  static ImageServer start(Path image) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ImageServer images = new ImageServer(HttpServer.create(anyPort, 0), image);
    images.server.setExecutor(images.workers);
    images.server.createContext("/" + image.getFileName(), images::answer);
    images.server.start();
    return images;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + image.getFileName();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      long size = Files.size(image);
      exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, size);
      try (OutputStream body = exchange.getResponseBody()) {
        Files.copy(image, body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
