package io.firn.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// CSI VolumeSnapshots of claims.
///
/// Thread-safe. Errors are [ClusterException].
public interface VolumeSnapshots {
  /// The class to use for claims of a storage class: its StorageProfile's `snapshotClass`, else the
  /// only class of the same driver, else the one marked as default (KubeVirt's own rules).
  ClassChoice classFor(String storageClass);

  /// Creates a VolumeSnapshot named `name` in the claim's namespace, with these labels and
  /// annotations; `snapshotClass` "" leaves the choice to the cluster, which takes the default
  /// class of the claim's driver.
  ObjectRef create(
      String name,
      ObjectRef claim,
      String snapshotClass,
      Map<String, String> labels,
      Map<String, String> annotations);

  /// What [#create] would create.
  ObjectNode manifest(
      String name, ObjectRef claim, String snapshotClass, Map<String, String> labels);

  /// Its state now; [ClusterException.Code#NOT_FOUND] where it is gone.
  State state(ObjectRef volumeSnapshot);

  /// Deletes it (with its content, as its policy says); absent is fine.
  void delete(ObjectRef volumeSnapshot);

  /// Which VolumeSnapshotClass to use, or why none, or why that is unknown.
  sealed interface ClassChoice {
    record Chosen(String name, String driver) implements ClassChoice {}

    record None(String reason) implements ClassChoice {}

    /// This user may not look at the classes; the reason names the right.
    record Unknown(String reason) implements ClassChoice {}
  }

  /// Status of a VolumeSnapshot. `creationTime` is when the data was cut; `error` may go away
  /// again.
  record State(
      Optional<Instant> creationTime,
      boolean readyToUse,
      long restoreSizeBytes,
      Optional<String> error,
      Optional<String> contentName) {}
}
