package io.firn.backend.s3.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// s3proxy over a folder: checks signatures, honours `If-None-Match`, keeps no versions. A bucket
/// is a folder, a key a file in it.
public final class S3Proxy implements TestServer {
  private static final List<Path> JARS =
      List.of(Path.of("target/s3proxy.jar"), Path.of("../backend-s3/target/s3proxy.jar"));

  private static Optional<S3Proxy> shared = Optional.empty();

  private final Process process;
  private final URI endpoint;
  private final Path buckets;

  private S3Proxy(Process process, URI endpoint, Path buckets) {
    this.process = process;
    this.endpoint = endpoint;
    this.buckets = buckets;
  }

  /// One for all tests of this JVM, which ends with it.
  public static synchronized S3Proxy shared() {
    S3Proxy server = shared.orElseGet(S3Proxy::startShared);
    shared = Optional.of(server);
    return server;
  }

  private static S3Proxy startShared() {
    try {
      S3Proxy server = start(Files.createTempDirectory("s3proxy"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Starts one that keeps its buckets below that folder. It refuses headers that it does not know,
  /// session tokens among them, unless told not to; it checks that they are signed either way.
  public static S3Proxy start(Path folder) {
    try {
      URI endpoint = URI.create("http://127.0.0.1:" + TestServer.freePort());
      Path buckets = Files.createDirectories(folder.resolve("buckets"));
      Path settings =
          Files.writeString(
              folder.resolve("s3proxy.properties"),
              """
              s3proxy.endpoint=%s
              s3proxy.authorization=aws-v2-or-v4
              s3proxy.identity=test-key
              s3proxy.credential=test-secret
              s3proxy.ignore-unknown-headers=true
              jclouds.provider=filesystem-nio2
              jclouds.filesystem.basedir=%s
              """
                  .formatted(endpoint, buckets));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  jar().toString(),
                  "--properties",
                  settings.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("s3proxy.log").toFile())
              .start();
      S3Proxy server = new S3Proxy(process, endpoint, buckets);
      server.await(folder.resolve("s3proxy.log"));
      return server;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("s3proxy does not start", e);
    }
  }

  private void await(Path log) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!TestServer.answers(endpoint)) {
      if (!process.isAlive() || System.nanoTime() > until) {
        process.destroyForcibly();
        throw new AssertionError("s3proxy does not answer: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
  }

  /// Makes a bucket; returns its folder.
  public Path bucket(String name) {
    try {
      return Files.createDirectories(buckets.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public String accessKey() {
    return "test-key";
  }

  @Override
  public String secretKey() {
    return "test-secret";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path jar() {
    return Stream.concat(
            JARS.stream(), Stream.ofNullable(System.getProperty("s3proxy.jar")).map(Path::of))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("no s3proxy.jar: 'mvn -pl backend-s3 test-compile' copies it"));
  }
}
