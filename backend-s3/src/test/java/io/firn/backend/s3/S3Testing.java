package io.firn.backend.s3;

import io.firn.backend.s3.server.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Stores on test servers, with retries that do not wait.
public final class S3Testing {
  private S3Testing() {}

  static S3Settings settings(URI endpoint, String bucket, String prefix, String... options) {
    Map<String, String> all = new TreeMap<>(Map.of("endpoint", endpoint.toString()));
    for (String option : options) {
      int at = option.indexOf('=');
      all.put(option.substring(0, at), option.substring(at + 1));
    }
    return S3Options.read(bucket, prefix, all, _ -> "");
  }

  static S3Store store(TestServer server, Path scratch, String bucket, String... options) {
    return store(server, server.endpoint(), scratch, bucket, "repo", options);
  }

  static S3Store store(
      TestServer server,
      URI endpoint,
      Path scratch,
      String bucket,
      String prefix,
      String... options) {
    S3Access access = new S3Access(Optional.of(server.credentialsFile(scratch)), Optional.empty());
    return new S3Store(
        settings(endpoint, bucket, prefix, options),
        access,
        S3Testing::hardly,
        java.time.InstantSource.system());
  }

  /// Long waits become short ones: whoever reads the pauses reads them elsewhere.
  private static void hardly(Duration duration) throws InterruptedException {
    Thread.sleep(Math.min(duration.toMillis(), 5));
  }
}
