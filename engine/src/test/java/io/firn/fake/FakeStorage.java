package io.firn.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.VolumeSnapshots;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A CSI driver whose volumes are files: a snapshot is a copy of the claim's file or folder at
/// once, unless told otherwise. Thread-safe.
public final class FakeStorage implements VolumeSnapshots {
  private final FakeObjects objects;
  private final Path folder;
  private final Map<String, Runnable> beforeCut = new HashMap<>();
  private final Set<String> neverCut = new HashSet<>();
  private int cuts;

  FakeStorage(FakeObjects objects, Path folder) {
    this.objects = objects;
    this.folder = folder;
  }

  /// The file or folder behind a claim.
  public Path of(String claim) {
    return folder.resolve("claim-" + Integer.toHexString(claim.hashCode()));
  }

  /// Done in the middle of snapshotting the claim.
  public synchronized void beforeCut(String claim, Runnable what) {
    beforeCut.put(claim, what);
  }

  /// The driver answers for this claim with an error only.
  public synchronized void neverCut(String claim) {
    neverCut.add(claim);
  }

  @Override
  public ClassChoice classFor(String storageClass) {
    return storageClass.equals("plain")
        ? new ClassChoice.None("no VolumeSnapshotClass has the driver of StorageClass plain")
        : new ClassChoice.Chosen("fake-snapshots", "fake.csi");
  }

  @Override
  public ObjectNode manifest(
      String name, ObjectRef claim, String snapshotClass, Map<String, String> labels) {
    ObjectNode object =
        Yaml.object(
            """
            apiVersion: snapshot.storage.k8s.io/v1
            kind: VolumeSnapshot
            metadata: {name: %s, namespace: %s}
            """
                .formatted(name, claim.namespace()));
    ObjectNode marks = object.withObject("/metadata/labels");
    labels.forEach(marks::put);
    return object;
  }

  @Override
  public ObjectRef create(
      String name,
      ObjectRef claim,
      String snapshotClass,
      Map<String, String> labels,
      Map<String, String> annotations) {
    ObjectRef ref =
        ObjectRef.of(objects.create(manifest(name, claim, snapshotClass, labels), false));
    Runnable before;
    boolean never;
    synchronized (this) {
      before = beforeCut.getOrDefault(claim.name(), () -> {});
      never = neverCut.contains(claim.name());
    }
    before.run();
    if (never) {
      objects.change(
          ref, o -> o.withObject("/status/error").put("message", "the array is offline"));
      return ref;
    }
    copy(of(claim.name()), folder.resolve("snapshot-" + name));
    Instant at = Instant.parse("2026-11-24T20:00:00Z").plusSeconds(next());
    objects.change(
        ref,
        o ->
            o.withObject("/status")
                .put("creationTime", at.toString())
                .put("readyToUse", true)
                .put("restoreSize", "1Mi"));
    return ref;
  }

  @Override
  public State state(ObjectRef volumeSnapshot) {
    ObjectNode object = objects.get(volumeSnapshot).orElseThrow();
    String time = object.at("/status/creationTime").asText("");
    String error = object.at("/status/error/message").asText("");
    return new State(
        time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time)),
        object.at("/status/readyToUse").asBoolean(),
        1 << 20,
        error.isEmpty() ? Optional.empty() : Optional.of(error),
        Optional.empty());
  }

  @Override
  public void delete(ObjectRef volumeSnapshot) {
    objects.delete(
        volumeSnapshot, io.firn.cluster.ClusterObjects.Propagation.BACKGROUND, Optional.empty());
  }

  /// The file or folder that a claim made from a VolumeSnapshot has.
  Path ofCopy(ObjectRef claim) {
    String source = objects.get(claim).orElseThrow().at("/spec/dataSource/name").asText();
    return source.isEmpty() ? of(claim.name()) : folder.resolve("snapshot-" + source);
  }

  private synchronized int next() {
    return cuts++;
  }

  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectRef claim(String namespace, String name) {
    return ObjectRef.of(Kinds.CLAIM, namespace, name);
  }
}
