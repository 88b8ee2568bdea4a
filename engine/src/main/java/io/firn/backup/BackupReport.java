package io.firn.backup;

import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Domain;
import io.firn.point.PointName;
import io.firn.repository.SnapshotId;
import java.time.Duration;
import java.util.List;

/// What a backup came to. `losses` say where it is weaker than it was planned or could have been
/// (exit code 3); empty where all went as planned.
public record BackupReport(
    String run, List<PointReport> points, List<String> losses, Duration took) {
  public BackupReport {
    points = List.copyOf(points);
    losses = List.copyOf(losses);
  }

  /// One sealed point.
  public record PointReport(
      PointName point,
      Domain domain,
      SnapshotId snapshot,
      String namespace,
      List<MachineReport> machines,
      List<VolumeReport> volumes,
      List<ExcludedClaim> excluded) {
    public PointReport {
      machines = List.copyOf(machines);
      volumes = List.copyOf(volumes);
      excluded = List.copyOf(excluded);
    }
  }

  /// One machine: the level reached and why; how long it was frozen; the time between the first and
  /// the last cut among its volumes.
  public record MachineReport(
      ObjectRef machine,
      ConsistencyLevel level,
      String reason,
      long freezeMillis,
      long skewMillis) {}

  /// One volume; bytes. `bytesNew` is what the vault did not have (before compression),
  /// `bytesStored` what that took.
  public record VolumeReport(
      ObjectRef claim,
      long sizeBytes,
      long bytesRead,
      long bytesNew,
      long bytesStored,
      String digest,
      Duration took) {}
}
