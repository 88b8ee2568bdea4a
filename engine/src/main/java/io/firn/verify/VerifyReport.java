package io.firn.verify;

import io.firn.point.PointName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a verification found. `damages` are the first that hurt the point; `extent` says how many
/// there are and what they hurt. `warnings` are about the vault, where the point is whole all the
/// same.
public record VerifyReport(
    PointName point,
    VerifyDepth depth,
    int definitions,
    List<VolumeVerdict> volumes,
    List<Damage> damages,
    Extent extent,
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
  /// cause, the first of the disks of points of the domain that need it, and how many do.
  public record Damage(
      String blob, Optional<String> pack, String cause, List<HurtDisk> hurt, int hurtDisks) {
    public Damage {
      hurt = List.copyOf(hurt);
    }
  }

  /// How far damage goes in the domain of the point: the number of damaged objects that hurt the
  /// point, every hurt disk of every point, each once, and the points that are whole, both in the
  /// order of the points' names, which is that of their times. A large loss has many damages that
  /// hurt the same disks, so these are not in each of them.
  public record Extent(long damagedObjects, List<HurtDisk> hurt, List<PointName> whole) {
    /// Nothing was found, or nothing could be looked for.
    public static final Extent NONE = new Extent(0, List.of(), List.of());

    public Extent {
      hurt = List.copyOf(hurt);
      whole = List.copyOf(whole);
    }
  }

  /// A file of a point that cannot be read whole: `/<namespace>/volumes/<claim>/disk.img`, say.
  public record HurtDisk(PointName point, String path) {}
}
