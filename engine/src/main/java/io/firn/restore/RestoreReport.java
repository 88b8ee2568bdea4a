package io.firn.restore;

import io.firn.graph.ObjectRef;
import io.firn.point.PointName;
import java.time.Duration;
import java.util.List;

/// What a restore came to. `warnings` say where the result is not what was planned (exit code 3).
public record RestoreReport(
    PointName point,
    String targetNamespace,
    List<ObjectRef> created,
    List<ObjectRef> adopted,
    List<ObjectRef> removed,
    List<VolumeReport> volumes,
    List<MachineReport> machines,
    List<String> warnings,
    Duration took) {
  public RestoreReport {
    created = List.copyOf(created);
    adopted = List.copyOf(adopted);
    removed = List.copyOf(removed);
    volumes = List.copyOf(volumes);
    machines = List.copyOf(machines);
    warnings = List.copyOf(warnings);
  }

  /// A claim whose data was written; bytes. `digest` is that of the written data, equal to the one
  /// at capture. `damagedPacks` are those whose data had to be read from other packs.
  public record VolumeReport(
      ObjectRef claim,
      long sizeBytes,
      long bytesWritten,
      String digest,
      List<String> damagedPacks,
      Duration took) {
    public VolumeReport {
      damagedPacks = List.copyOf(damagedPacks);
    }
  }

  /// A machine and the state that KubeVirt reports for it (`Running`, `Stopped`, …).
  public record MachineReport(ObjectRef machine, String status) {}
}
