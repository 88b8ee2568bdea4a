package io.firn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import io.firn.simulator.guest.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A cluster for tests, with a user's client and YAML in place of many builders.
public final class TestCluster implements AutoCloseable {
  public static final ResourceType JOB = ResourceType.namespaced("batch", "v1", "jobs", "Job");
  public static final ResourceType SECRET = ResourceType.namespaced("", "v1", "secrets", "Secret");
  private static final ResourceType ACCOUNT =
      ResourceType.namespaced("", "v1", "serviceaccounts", "ServiceAccount");
  private static final Duration MOST = Duration.ofMinutes(3);
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final SimulatedCluster cluster;
  private final ApiClient client;

  public TestCluster(Path folder) {
    this(folder, ControlPlane.EMBEDDED);
  }

  public TestCluster(Path folder, ControlPlane plane) {
    this.cluster =
        SimulatedCluster.start(
            new SimulatorOptions(
                folder,
                0,
                1,
                InstantSource.system(),
                Map.of("shell", List.of("/bin/sh", "-c")),
                Set.of()),
            Workload.DEFAULT,
            plane);
    this.client = new ApiClient(cluster.connect("admin"));
  }

  public SimulatedCluster cluster() {
    return cluster;
  }

  public ApiClient client() {
    return client;
  }

  public ObjectNode create(ResourceType type, String yaml) {
    try {
      return client.create(type, (ObjectNode) YAML.readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns when pods can be made in it.
  public void namespace(String name) {
    client.create(Types.NAMESPACE, Types.NAMESPACE.newObject("", name));
    await(ACCOUNT, name, "default", _ -> true);
  }

  public ObjectNode claim(String namespace, String name, String mode, String rest) {
    return create(
        Types.CLAIM,
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, namespace: %s}
        spec:
          accessModes: [ReadWriteOnce]
          volumeMode: %s
          resources: {requests: {storage: 16Mi}}
        %s
        """
            .formatted(name, namespace, mode, rest.indent(2)));
  }

  public ObjectNode get(ResourceType type, String namespace, String name) {
    return client.get(type, namespace, name).orElseThrow();
  }

  public ObjectNode await(
      ResourceType type, String namespace, String name, Predicate<ObjectNode> condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (true) {
      Optional<ObjectNode> now = client.get(type, namespace, name);
      if (now.isPresent() && condition.test(now.get())) {
        return now.get();
      }
      assertThat(System.nanoTime())
          .as("waiting for %s %s/%s, now %s", type.kind(), namespace, name, now)
          .isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  public ObjectNode awaitPhase(ResourceType type, String namespace, String name, String phase) {
    return await(type, namespace, name, one -> Fields.text(one, "status", "phase").equals(phase));
  }

  public void awaitGone(ResourceType type, String namespace, String name) {
    long end = System.nanoTime() + MOST.toNanos();
    while (true) {
      Optional<ObjectNode> now = client.get(type, namespace, name);
      if (now.isEmpty()) {
        return;
      }
      assertThat(System.nanoTime())
          .as("waiting for the end of %s %s/%s, now %s", type.kind(), namespace, name, now)
          .isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /// Waits for an event on an object.
  public ObjectNode awaitEvent(String namespace, String name, String reason) {
    long end = System.nanoTime() + MOST.toNanos();
    while (true) {
      List<ObjectNode> events = client.list(Types.EVENT, namespace, "");
      Optional<ObjectNode> found =
          events.stream()
              .filter(one -> Fields.text(one, "involvedObject", "name").equals(name))
              .filter(one -> Fields.text(one, "reason").equals(reason))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      assertThat(System.nanoTime())
          .as("waiting for event %s on %s/%s, there are %s", reason, namespace, name, events)
          .isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  public void delete(ResourceType type, String namespace, String name) {
    client.delete(type, new ObjectKey(namespace, name));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
