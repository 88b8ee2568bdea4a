package io.firn.fake;

import io.firn.cluster.Access;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterIdentity;
import io.firn.cluster.Quiesce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/// A cluster in memory with real bytes: small, and broken exactly as a test says. The simulator is
/// the faithful one; this one reaches states that are rare there, in milliseconds.
public final class FakeCluster implements Cluster {
  private final FakeObjects objects = new FakeObjects();
  private final FakeGuests guests = new FakeGuests();
  private final FakeStorage storage;
  private final FakeMovers movers;
  private Quiesce quiesce = guests;

  public FakeCluster(Path folder) {
    storage = new FakeStorage(objects, folder);
    movers = new FakeMovers(objects, storage);
    objects.put(Yaml.object("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}"));
  }

  /// Adds a VM with a Block claim for each disk; `running` with guest agent.
  public FakeCluster machine(String name, boolean running, String... claims) {
    StringBuilder volumes = new StringBuilder();
    for (String claim : claims) {
      volumes.append(
          "{name: v-%s, persistentVolumeClaim: {claimName: %s}},".formatted(claim, claim));
      claim(claim, "fast", "Bound");
    }
    objects.put(
        Yaml.object(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: "%s", namespace: shop, uid: "vm-%s", resourceVersion: "7"}
            spec: {runStrategy: Always, template: {spec: {domain: {}, volumes: [%s]}}}
            """
                .formatted(name, name, volumes)));
    if (running) {
      objects.put(
          Yaml.object(
              """
              apiVersion: kubevirt.io/v1
              kind: VirtualMachineInstance
              metadata:
                name: "%s"
                namespace: shop
                uid: "vmi-%s"
                annotations: {kubevirt.io/pci-topology-version: v3}
                ownerReferences:
                - {apiVersion: kubevirt.io/v1, kind: VirtualMachine, name: "%s", uid: "vm-%s",
                   controller: true}
              spec: {domain: {firmware: {uuid: 0c0ffee0}}}
              status:
                phase: Running
                interfaces: [{name: default, mac: "02:00:00:00:00:01"}]
                conditions: [{type: AgentConnected, status: "True"}]
              """
                  .formatted(name, name, name, name)));
    }
    return this;
  }

  /// Adds a Block claim with a MiB of seeded content.
  public FakeCluster claim(String name, String storageClass, String phase) {
    objects.put(
        Yaml.object(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: "%s", namespace: shop}
            spec:
              accessModes: [ReadWriteMany]
              storageClassName: %s
              volumeMode: Block
              resources: {requests: {storage: 1Mi}}
            status: {phase: %s, capacity: {storage: 1Mi}}
            """
                .formatted(name, storageClass, phase)));
    byte[] content = new byte[1 << 20];
    new Random(name.hashCode()).nextBytes(content);
    try {
      Files.write(storage.of(name), content, StandardOpenOption.CREATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// Puts something between the backup and the guests.
  public void quiesceBy(Quiesce other) {
    quiesce = other;
  }

  @Override
  public ClusterIdentity identity() {
    return new ClusterIdentity("fake", "https://127.0.0.1", "uid-of-kube-system");
  }

  @Override
  public String kubernetesVersion() {
    return "v1.35.0";
  }

  @Override
  public String defaultNamespace() {
    return "shop";
  }

  @Override
  public FakeObjects objects() {
    return objects;
  }

  @Override
  public Access access() {
    return objects;
  }

  @Override
  public Quiesce quiesce() {
    return quiesce;
  }

  public FakeGuests guests() {
    return guests;
  }

  @Override
  public FakeStorage volumeSnapshots() {
    return storage;
  }

  @Override
  public FakeMovers moverJobs() {
    return movers;
  }

  @Override
  public void close() {}
}
