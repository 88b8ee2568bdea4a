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
import io.firn.repository.check.CheckedSnapshot;
import io.firn.repository.check.DamagedObject;
import io.firn.repository.check.HurtFile;
import io.firn.verify.VerifyReport.Damage;
import io.firn.verify.VerifyReport.Extent;
import io.firn.verify.VerifyReport.HurtDisk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds what is damaged in the domain of a point, and everybody who is hurt. Only damage that
/// hurts this point is told, and of a very large loss the first part: the rest is the business of
/// `firn vault check`.
record DamageSearch(Vault vault, PointSummary point) {
  private static final int MOST_OBJECTS = 20;
  private static final int MOST_BLOBS = 10;
  private static final int MOST_DISKS = 10;
  private static final Comparator<HurtDisk> BY_POINT =
      Comparator.comparing((HurtDisk disk) -> disk.point().value()).thenComparing(HurtDisk::path);

  FoundDamage search(VerifyDepth depth) {
    try (Repository repository = vault.openDomain(point.domain())) {
      CheckReport report =
          repository.check(
              switch (depth) {
                case STRUCTURE -> CheckDepth.STRUCTURE;
                case DATA -> CheckDepth.DATA;
              },
              CheckListener.SILENT);
      return report.sound() ? FoundDamage.NONE : found(report, points());
    }
  }

  private FoundDamage found(CheckReport report, Map<SnapshotId, PointName> points) {
    List<io.firn.repository.check.Damage> ours =
        report.damages().stream()
            .filter(d -> d.hurtFiles().stream().anyMatch(this::isOurs))
            .toList();
    return new FoundDamage(
        ours.stream()
            .limit(MOST_OBJECTS)
            .flatMap(damage -> damages(damage, points).stream())
            .toList(),
        extent(ours.size(), report, points));
  }

  private boolean isOurs(HurtFile file) {
    return file.snapshot().equals(point.snapshot());
  }

  private static Extent extent(
      long objects, CheckReport report, Map<SnapshotId, PointName> points) {
    Set<HurtDisk> hurt = new TreeSet<>(BY_POINT);
    Set<PointName> whole = new TreeSet<>(Comparator.comparing(PointName::value));
    for (io.firn.repository.check.Damage damage : report.damages()) {
      if (damage.object() instanceof DamagedObject.DamagedSnapshot) {
        damage.hurtFiles().forEach(file -> hurt.add(hurtDisk(file, points)));
      }
    }
    for (CheckedSnapshot snapshot : report.snapshots()) {
      PointName name = name(snapshot.id(), points);
      snapshot.hurtPaths().forEach(path -> hurt.add(new HurtDisk(name, path)));
      if (snapshot.whole()) {
        whole.add(name);
      }
    }
    return new Extent(objects, List.copyOf(hurt), List.copyOf(whole));
  }

  private Map<SnapshotId, PointName> points() {
    Map<SnapshotId, PointName> names = new HashMap<>();
    new PointCatalog(vault)
        .list(PointFilter.ALL).stream()
            .filter(p -> p.domain().equals(point.domain()))
            .forEach(p -> p.copies().forEach(copy -> names.put(copy, p.name())));
    return names;
  }

  private List<Damage> damages(
      io.firn.repository.check.Damage damage, Map<SnapshotId, PointName> points) {
    // What is hurt of this point comes first: it is what was asked for.
    List<HurtDisk> hurt =
        Stream.concat(
                damage.hurtFiles().stream().filter(this::isOurs),
                damage.hurtFiles().stream().filter(f -> !isOurs(f)))
            .limit(MOST_DISKS)
            .map(f -> hurtDisk(f, points))
            .toList();
    int disks = damage.hurtFiles().size();
    Optional<String> pack =
        damage.object() instanceof DamagedObject.DamagedPack(var id)
            ? Optional.of(id.toString())
            : Optional.empty();
    List<Damage> damages = new ArrayList<>();
    List<BlobId> blobs = damage.blobs();
    for (BlobId blob : blobs.subList(0, Math.min(MOST_BLOBS, blobs.size()))) {
      damages.add(new Damage(blob.toString(), pack, damage.reason(), hurt, disks));
    }
    if (blobs.isEmpty()) {
      damages.add(new Damage(damage.object().toString(), pack, damage.reason(), hurt, disks));
    } else if (blobs.size() > MOST_BLOBS) {
      String more = "and " + (blobs.size() - MOST_BLOBS) + " more blobs";
      damages.add(new Damage(more, pack, damage.reason(), hurt, disks));
    }
    return damages;
  }

  private static HurtDisk hurtDisk(HurtFile file, Map<SnapshotId, PointName> points) {
    return new HurtDisk(name(file.snapshot(), points), file.path());
  }

  private static PointName name(SnapshotId snapshot, Map<SnapshotId, PointName> points) {
    return points.getOrDefault(snapshot, new PointName(short8(snapshot)));
  }

  /// A snapshot that is no point of ours is named as restic does.
  private static String short8(SnapshotId snapshot) {
    return "snapshot " + snapshot.toString().substring(0, 8);
  }
}
