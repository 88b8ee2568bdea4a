package io.firn.simulator.world;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// What tests leave in a cluster that is there for tests only: every namespace but the system's.
final class Leftovers {
  private static final Set<String> SYSTEM =
      Set.of(
          "default",
          "kube-system",
          "kube-public",
          "kube-node-lease",
          "kubevirt",
          "cdi",
          "firn-users");
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final KubernetesClient client;
  private final Set<String> kept = new HashSet<>();

  Leftovers(KubernetesClient client) {
    this.client = client;
  }

  synchronized void keep(String namespace) {
    kept.add(namespace);
  }

  synchronized void keepNothing() {
    kept.clear();
  }

  /// Removes them all at once and waits until they are gone; fails with the server's words where
  /// one stays.
  synchronized void remove() {
    List<Namespace> left = find();
    left.forEach(one -> client.namespaces().withName(one.getMetadata().getName()).delete());
    long end = System.nanoTime() + MOST.toNanos();
    while (!left.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not gone within %d min: %s"
                .formatted(
                    MOST.toMinutes(),
                    left.stream().map(Leftovers::words).collect(Collectors.joining("; "))));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      left = find();
    }
  }

  private List<Namespace> find() {
    return client.namespaces().list().getItems().stream()
        .filter(one -> !SYSTEM.contains(one.getMetadata().getName()))
        .filter(one -> !kept.contains(one.getMetadata().getName()))
        .toList();
  }

  /// What holds a namespace.
  private static String words(Namespace namespace) {
    return namespace.getMetadata().getName()
        + namespace.getStatus().getConditions().stream()
            .filter(condition -> condition.getStatus().equals("True"))
            .map(NamespaceCondition::getMessage)
            .toList();
  }
}
