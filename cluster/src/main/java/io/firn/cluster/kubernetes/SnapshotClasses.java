package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.VolumeSnapshots.ClassChoice;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.List;
import java.util.Optional;

/// Which VolumeSnapshotClass serves a StorageClass, by KubeVirt's rules: the StorageProfile's
/// choice, else the only class of the driver, else the one that carries the default annotation (its
/// presence counts, not its value).
record SnapshotClasses(ClusterObjects objects) {
  private static final String DEFAULT = "snapshot.storage.kubernetes.io/is-default-class";

  ClassChoice classFor(String storageClass) {
    try {
      return chosenFor(storageClass);
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.FORBIDDEN) {
        return new ClassChoice.Unknown(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private ClassChoice chosenFor(String storageClass) {
    Optional<ObjectNode> stored = objects.get(ObjectRef.of(Kinds.STORAGE_CLASS, "", storageClass));
    if (stored.isEmpty()) {
      return new ClassChoice.None("StorageClass " + storageClass + " does not exist");
    }
    String driver = stored.get().path("provisioner").asText();
    Optional<ObjectNode> profiled =
        objects
            .get(ObjectRef.of(Kinds.STORAGE_PROFILE, "", storageClass))
            .map(p -> p.path("status").path("snapshotClass").asText(""))
            .filter(name -> !name.isEmpty())
            .flatMap(name -> objects.get(ObjectRef.of(Kinds.VOLUME_SNAPSHOT_CLASS, "", name)));
    if (profiled.isPresent()) {
      return chosen(profiled.get());
    }
    return ofDriver(storageClass, driver);
  }

  private ClassChoice ofDriver(String storageClass, String driver) {
    List<ObjectNode> same =
        objects.list(Kinds.VOLUME_SNAPSHOT_CLASS, "", "").stream()
            .filter(c -> c.path("driver").asText().equals(driver))
            .toList();
    if (same.isEmpty()) {
      return new ClassChoice.None(
          "no VolumeSnapshotClass has the driver %s of StorageClass %s"
              .formatted(driver, storageClass));
    }
    if (same.size() == 1) {
      return chosen(same.getFirst());
    }
    return same.stream()
        .filter(c -> c.path("metadata").path("annotations").has(DEFAULT))
        .findFirst()
        .map(SnapshotClasses::chosen)
        .orElseGet(() ->
            new ClassChoice.None(
                "%d VolumeSnapshotClasses have the driver %s and none is marked as default (%s)"
                    .formatted(same.size(), driver, DEFAULT)));
  }

  private static ClassChoice chosen(ObjectNode snapshotClass) {
    return new ClassChoice.Chosen(
        snapshotClass.path("metadata").path("name").asText(),
        snapshotClass.path("driver").asText());
  }
}
