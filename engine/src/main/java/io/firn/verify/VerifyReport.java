package io.firn.verify;

import io.firn.point.PointName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a verification found. `warnings` are about the vault, where the point is whole all the
/// same.
public record VerifyReport(
    PointName point,
    VerifyDepth depth,
    int definitions,
    List<VolumeVerdict> volumes,
    List<Damage> damages,
    List<String> warnings,
    long bytesRead,
    Duration took) {
  public VerifyReport {
    volumes = List.copyOf(volumes);
    damages = List.copyOf(damages);
    warnings = List.copyOf(warnings);
  }

  /// Whether all that was read is as captured.
  public boolean whole() {
    return damages.isEmpty() && volumes.stream().allMatch(VolumeVerdict::whole);
  }

  /// One claim. `digest` is what its data has now ("" where it was not read in full), `captured`
  /// what it had.
  public record VolumeVerdict(
      String claim, long sizeBytes, String digest, String captured, boolean whole, String reason) {}

  /// One damaged or missing part of the vault: the blob, its pack where the index knows it, the
  /// cause, and every disk of every point of the domain that needs it.
  public record Damage(String blob, Optional<String> pack, String cause, List<HurtDisk> hurt) {
    public Damage {
      hurt = List.copyOf(hurt);
    }
  }

  /// A file of a point that cannot be read whole: `/<namespace>/volumes/<claim>/disk.img`, say.
  public record HurtDisk(PointName point, String path) {}
}
