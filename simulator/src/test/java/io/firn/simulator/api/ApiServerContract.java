package io.firn.simulator.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// What clients may rely on, whoever the server is: written against a kubeconfig alone, whose user
/// may do everything. Each test has a namespace of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiServerContract {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Supplier<Path> kubeconfig;
  KubernetesClient client;
  RawClient raw;
  String namespace;

  @SuppressWarnings("NullAway.Init") // the fields are set before each test
  ApiServerContract(Supplier<Path> kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  Path kubeconfig() {
    return kubeconfig.get();
  }

  @BeforeAll
  void connect() throws IOException {
    Config config = Config.fromKubeconfig(kubeconfig().toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
    raw = RawClient.of(config);
  }

  @AfterAll
  void disconnect() {
    client.close();
    raw.close();
  }

  @BeforeEach
  void makeNamespace() throws IOException, InterruptedException {
    RawClient.Answer made =
        raw.post(
            "/api/v1/namespaces",
            """
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"generateName": "contract-"}}
            """);
    namespace = made.body().path("metadata").path("name").asText();
  }

  @AfterEach
  void removeNamespace() throws IOException, InterruptedException {
    raw.delete("/api/v1/namespaces/" + namespace, "");
  }

  /// The path of a core resource in the test's namespace.
  String core(String rest) {
    return "/api/v1/namespaces/" + namespace + "/" + rest;
  }

  static String configMap(String name, String more) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"}%s}
    """
        .formatted(name, more);
  }

  /// Asks again and again until the answer is true; fails after a while.
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
