package io.firn.simulator.cdi;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/// Imports over HTTP: raw images and qcow2, either of them perhaps gzipped. What it is, the first
/// bytes tell, not the name.
final class HttpImages {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MAGIC_BYTES = 512;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  void fetch(URI from, DiskTarget target, Transfer.Done done) throws IOException {
    HttpResponse<InputStream> response = get(from);
    long total = response.headers().firstValueAsLong("Content-Length").orElse(0);
    AtomicLong read = new AtomicLong();
    try (InputStream body = response.body()) {
      InputStream counted = new CountingStream(body, n -> done.bytes(read.addAndGet(n), total));
      store(new BufferedInputStream(counted), target);
    }
  }

  private HttpResponse<InputStream> get(URI from) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(from).header("User-Agent", "cdi-golang-importer").GET().build();
    HttpResponse<InputStream> response;
    try {
      response = http.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("import from " + from + " interrupted", e);
    }
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException(
          "Unable to connect to http data source: expected status code 200, got "
              + response.statusCode()
              + ". Status: "
              + response.statusCode());
    }
    return response;
  }

  private static void store(InputStream image, DiskTarget target) throws IOException {
    byte[] magic = peek(image);
    if (magic.length > 1 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
      store(new BufferedInputStream(new GZIPInputStream(image)), target);
    } else if (Qcow2Image.isQcow2(magic)) {
      qcow2(image, target);
    } else {
      target.fill(image, _ -> {});
    }
  }

  private static byte[] peek(InputStream image) throws IOException {
    image.mark(MAGIC_BYTES);
    byte[] magic = image.readNBytes(MAGIC_BYTES);
    image.reset();
    return magic;
  }

  /// qcow2 needs to be read here and there, so it is kept aside first, as on CDI's scratch space.
  private static void qcow2(InputStream image, DiskTarget target) throws IOException {
    Path scratch = Files.createTempFile("scratch", ".qcow2");
    try {
      Files.copy(image, scratch, StandardCopyOption.REPLACE_EXISTING);
      try (Qcow2Image opened = Qcow2Image.open(scratch)) {
        opened.convert(target);
      }
    } finally {
      Files.delete(scratch);
    }
  }
}
