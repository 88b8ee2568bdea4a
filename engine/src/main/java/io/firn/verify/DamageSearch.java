package io.firn.verify;

import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointName;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.repository.BlobId;
import io.firn.repository.Repository;
import io.firn.repository.SnapshotId;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.check.DamagedObject;
import io.firn.repository.check.HurtFile;
import io.firn.verify.VerifyReport.Damage;
import io.firn.verify.VerifyReport.HurtDisk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what is damaged in the domain of a point, and everybody who is hurt by it. Only damage
/// that hurts this point is told: the rest is the business of `firn vault check`.
record DamageSearch(Vault vault, PointSummary point) {
  private static final int MOST_BLOBS = 10;

  List<Damage> search(VerifyDepth depth) {
    try (Repository repository = vault.openDomain(point.domain())) {
      CheckReport report =
          repository.check(
              switch (depth) {
                case STRUCTURE -> CheckDepth.STRUCTURE;
                case DATA -> CheckDepth.DATA;
              },
              CheckListener.SILENT);
      Map<SnapshotId, PointName> points = report.sound() ? Map.of() : points();
      return report.damages().stream()
          .filter(d -> d.hurtFiles().stream().anyMatch(f -> f.snapshot().equals(point.snapshot())))
          .flatMap(damage -> damages(damage, points).stream())
          .toList();
    }
  }

  private Map<SnapshotId, PointName> points() {
    Map<SnapshotId, PointName> names = new HashMap<>();
    new PointCatalog(vault)
        .list(PointFilter.ALL).stream()
            .filter(p -> p.domain().equals(point.domain()))
            .forEach(p -> p.copies().forEach(copy -> names.put(copy, p.name())));
    return names;
  }

  private static List<Damage> damages(
      io.firn.repository.check.Damage damage, Map<SnapshotId, PointName> points) {
    List<HurtDisk> hurt = damage.hurtFiles().stream().map(f -> hurtDisk(f, points)).toList();
    Optional<String> pack =
        damage.object() instanceof DamagedObject.DamagedPack(var id)
            ? Optional.of(id.toString())
            : Optional.empty();
    List<Damage> damages = new ArrayList<>();
    List<BlobId> blobs = damage.blobs();
    for (BlobId blob : blobs.subList(0, Math.min(MOST_BLOBS, blobs.size()))) {
      damages.add(new Damage(blob.toString(), pack, damage.reason(), hurt));
    }
    if (blobs.isEmpty()) {
      damages.add(new Damage(damage.object().toString(), pack, damage.reason(), hurt));
    } else if (blobs.size() > MOST_BLOBS) {
      String more = "and " + (blobs.size() - MOST_BLOBS) + " more blobs";
      damages.add(new Damage(more, pack, damage.reason(), hurt));
    }
    return damages;
  }

  private static HurtDisk hurtDisk(HurtFile file, Map<SnapshotId, PointName> points) {
    PointName name = points.getOrDefault(file.snapshot(), new PointName(short8(file.snapshot())));
    return new HurtDisk(name, file.path());
  }

  /// A snapshot that is no point of ours is named as restic does.
  private static String short8(SnapshotId snapshot) {
    return "snapshot " + snapshot.toString().substring(0, 8);
  }
}
