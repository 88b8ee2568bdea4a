package io.firn.point;

import io.firn.graph.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/<namespace>/manifest.json` of a point: what was captured and how. Versioned; readers refuse a
/// newer major version (`POINT_VERSION`) and ignore fields they do not know.
public record Manifest(
    int version,
    String firnVersion,
    PointName point,
    Instant capturedAt,
    ClusterFacts cluster,
    String namespace,
    List<MachineFacts> machines,
    List<VolumeFacts> volumes,
    List<ObjectRef> definitions,
    List<ExcludedVolume> excluded) {
  public static final int VERSION = 1;

  public Manifest {
    machines = List.copyOf(machines);
    volumes = List.copyOf(volumes);
    definitions = List.copyOf(definitions);
    excluded = List.copyOf(excluded);
  }

  /// Where it came from.
  public record ClusterFacts(String name, String uid, String kubernetesVersion) {}

  /// One machine of the point. `effectiveMacs` and `effectiveFirmwareUuid` are those of the running
  /// instance, which the definition may not have; `effectiveAnnotations` are the instance's
  /// `kubevirt.io/pci-…` annotations, which fix where the guest finds its devices. The revisions
  /// name the ControllerRevisions in use, whether spec or status says so.
  public record MachineFacts(
      ObjectRef machine,
      String uid,
      boolean running,
      ConsistencyLevel level,
      String levelReason,
      Optional<String> frozenBy,
      long freezeMillis,
      long skewMillis,
      List<EffectiveMac> effectiveMacs,
      Optional<String> effectiveFirmwareUuid,
      List<String> claims,
      Optional<String> instancetypeRevision,
      Optional<String> preferenceRevision,
      Map<String, String> effectiveAnnotations) {
    public MachineFacts {
      effectiveMacs = List.copyOf(effectiveMacs);
      claims = List.copyOf(claims);
      effectiveAnnotations = Map.copyOf(effectiveAnnotations);
    }
  }

  /// The MAC that an interface had while running.
  public record EffectiveMac(String interfaceName, String mac) {}

  /// One captured claim. `digest` is the block digest in hex (see
  /// `io.firn.repository.DiskOutcome`), "" for a folder without a disk image; sizes in bytes.
  public record VolumeFacts(
      String claim,
      String volumeMode,
      String storageClass,
      long capacityBytes,
      long sizeBytes,
      int blockSizeBytes,
      String digest,
      Instant cutAt,
      Optional<String> snapshotHandle,
      Optional<String> driver,
      long bytesRead,
      long bytesNew,
      long bytesStored) {}

  /// A claim that is not in the point, and why.
  public record ExcludedVolume(String claim, String reason) {}
}
