package io.firn.backend.s3.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Ceph's gateway: keeps versions and really enforces object lock. Its absence skips a test on a
/// developer's machine and fails it in CI. One for all tests of this JVM, which ends with it.
public final class Radosgw implements TestServer {
  private static final String HOW =
      "radosgw is not installed: apt-get install ceph-mon ceph-osd radosgw ceph-common";

  private static Optional<Radosgw> shared = Optional.empty();

  private final Path folder;
  private final URI endpoint;

  private Radosgw(Path folder, URI endpoint) {
    this.folder = folder;
    this.endpoint = endpoint;
  }

  public static synchronized Radosgw shared() {
    require();
    Radosgw server = shared.orElseGet(Radosgw::start);
    shared = Optional.of(server);
    return server;
  }

  private static void require() {
    boolean present =
        Stream.of("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool")
            .allMatch(Radosgw::installed);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as(HOW).isTrue();
    }
    assumeTrue(present, HOW);
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Radosgw start() {
    try (InputStream script = Radosgw.class.getResourceAsStream("radosgw-up")) {
      Path folder = Files.createTempDirectory("radosgw");
      Path file = folder.resolve("radosgw-up");
      Files.write(file, script.readAllBytes());
      int port = TestServer.freePort();
      Radosgw server = new Radosgw(folder, URI.create("http://127.0.0.1:" + port));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      Path log = folder.resolve("up.log");
      Process up =
          new ProcessBuilder(
                  "bash",
                  file.toString(),
                  folder.toString(),
                  Integer.toString(port),
                  Integer.toString(TestServer.freePort()),
                  server.accessKey(),
                  server.secretKey())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      up.getOutputStream().close();
      boolean ended = up.waitFor(300, TimeUnit.SECONDS);
      assertThat(ended && up.exitValue() == 0).as(Files.readString(log)).isTrue();
      server.await();
      return server;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("radosgw does not start", e);
    }
  }

  private void await() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!TestServer.answers(endpoint)) {
      assertThat(System.nanoTime()).as("radosgw answers in time").isLessThan(until);
      Thread.sleep(100);
    }
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public String accessKey() {
    return "ceph-key";
  }

  @Override
  public String secretKey() {
    return "ceph-secret";
  }

  @Override
  public void close() {
    for (long pid : pids()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private List<Long> pids() {
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      return files
          .filter(file -> file.toString().endsWith(".pid"))
          .map(Radosgw::pid)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Long> pid(Path file) {
    try {
      return Optional.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
