package io.firn.backend.s3.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// An S3 server and the credentials that it accepts.
public interface TestServer extends AutoCloseable {
  URI endpoint();

  String accessKey();

  String secretKey();

  @Override
  void close();

  /// A credentials file for it.
  default Path credentialsFile(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("credentials-" + endpoint().getPort()),
          "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
              .formatted(accessKey(), secretKey()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether an HTTP server answers there, whatever it says.
  static boolean answers(URI endpoint) {
    try {
      HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() > 0;
    } catch (IOException notYet) {
      return false;
    }
  }
}
