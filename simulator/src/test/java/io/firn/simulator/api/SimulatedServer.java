package io.firn.simulator.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One simulated API server for a test class and the classes nested in it, started when first asked
/// for.
final class SimulatedServer implements AfterAllCallback {
  private Optional<ApiServer> server = Optional.empty();
  private Optional<Path> directory = Optional.empty();

  synchronized ApiServer server() {
    if (server.isEmpty()) {
      server =
          Optional.of(
              ApiServer.start(new ApiServerOptions(directory(), 0, 1, InstantSource.system())));
    }
    return server.get();
  }

  synchronized Path directory() {
    if (directory.isEmpty()) {
      try {
        directory = Optional.of(Files.createTempDirectory("firn-api"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return directory.get();
  }

  /// A kubeconfig of a cluster admin.
  synchronized Path kubeconfig() {
    Path file = directory().resolve("kubeconfig");
    if (!Files.exists(file)) {
      ApiServer running = server();
      running.writeKubeconfig(file, "simulator", running.token("admin", "system:masters"));
    }
    return file;
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) throws IOException {
    if (context.getTestClass().map(Class::isMemberClass).orElse(false)) {
      return;
    }
    server.ifPresent(ApiServer::close);
    if (directory.isPresent()) {
      try (Stream<Path> files = Files.walk(directory.get())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
