package io.firn.repository.check;

import io.firn.repository.PackId;
import io.firn.repository.SnapshotId;
import io.firn.repository.pack.BlobKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Collects what a check finds; who is hurt is known only at the end. Thread-safe.
final class Findings {
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private final Set<BlobKey> elsewhere = new HashSet<>();
  private final AtomicLong bytesRead = new AtomicLong();

  /// An object, and the blobs that are lost with it.
  record Finding(DamagedObject object, String reason, List<BlobKey> blobs) {}

  synchronized void damaged(DamagedObject object, String reason, List<BlobKey> lost) {
    findings.add(new Finding(object, reason, List.copyOf(lost)));
  }

  /// Takes over what others say about packs that are still of interest.
  void add(Findings others, Predicate<PackId> wanted) {
    for (Finding finding : others.all()) {
      if (finding.object() instanceof DamagedObject.DamagedPack(PackId pack) && wanted.test(pack)) {
        damaged(finding.object(), finding.reason(), finding.blobs());
      }
    }
  }

  private synchronized List<Finding> all() {
    return List.copyOf(findings);
  }

  synchronized void hint(String text) {
    hints.add(text);
  }

  void read(long bytes) {
    bytesRead.addAndGet(bytes);
  }

  long bytesRead() {
    return bytesRead.get();
  }

  synchronized List<String> hints() {
    return List.copyOf(hints);
  }

  /// Says that these can be had from another pack than the damaged one that they were lost with.
  synchronized void elsewhere(Set<BlobKey> blobs) {
    elsewhere.addAll(blobs);
  }

  /// All blobs lost for good.
  synchronized Set<BlobKey> lostBlobs() {
    Set<BlobKey> lost = new LinkedHashSet<>();
    lostWithPacks().values().forEach(lost::addAll);
    lost.removeAll(elsewhere);
    findings.stream()
        .filter(finding -> !(finding.object() instanceof DamagedObject.DamagedPack))
        .forEach(finding -> lost.addAll(finding.blobs()));
    return lost;
  }

  /// What cannot be read in which pack.
  synchronized Map<PackId, Set<BlobKey>> lostWithPacks() {
    Map<PackId, Set<BlobKey>> lost = new LinkedHashMap<>();
    for (Finding finding : findings) {
      if (finding.object() instanceof DamagedObject.DamagedPack(PackId pack)) {
        lost.computeIfAbsent(pack, p -> new LinkedHashSet<>()).addAll(finding.blobs());
      }
    }
    return lost;
  }

  /// The damages, with who is hurt by each lost blob.
  synchronized List<Damage> damages(HurtFiles hurt) {
    return findings.stream().map(finding -> damage(finding, hurt)).toList();
  }

  private static Damage damage(Finding finding, HurtFiles hurt) {
    List<HurtFile> files =
        finding.object() instanceof DamagedObject.DamagedSnapshot(SnapshotId id)
            ? List.of(new HurtFile(id, "/"))
            : hurt.of(finding.blobs());
    return new Damage(
        finding.object(),
        finding.reason(),
        finding.blobs().stream().map(BlobKey::id).toList(),
        files);
  }
}
