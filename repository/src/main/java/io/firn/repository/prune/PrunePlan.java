package io.firn.repository.prune;

import io.firn.repository.PackId;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a prune would do, group by group; a value. `packs` are those that do not simply stay, in
/// the order in which they are worked on. Duplicate blobs are further copies of needed ones; they
/// count as unused. Bytes are as stored.
public record PrunePlan(
    Instant at,
    PruneOptions options,
    long snapshots,
    PackGroup kept,
    List<PlannedPack> packs,
    long duplicateBlobs,
    long duplicateBytes) {
  public PrunePlan {
    packs = List.copyOf(packs);
  }

  /// The packs of every fate; fates without any are there too.
  public Map<PackFate, PackGroup> groups() {
    Map<PackFate, PackGroup> groups = new EnumMap<>(PackFate.class);
    for (PackFate fate : PackFate.values()) {
      groups.put(fate, group(fate));
    }
    return groups;
  }

  public PackGroup group(PackFate fate) {
    return fate == PackFate.KEEP
        ? kept
        : with(fate).reduce(PackGroup.NONE, PackGroup::plus, (a, b) -> a);
  }

  Stream<PlannedPack> with(PackFate fate) {
    return packs.stream().filter(pack -> pack.fate() == fate);
  }

  List<PackId> ids(PackFate fate) {
    return with(fate).map(PlannedPack::id).toList();
  }

  /// Those of which what is needed is written to new packs.
  Stream<PlannedPack> rewritten() {
    return packs.stream()
        .filter(pack -> pack.fate() == PackFate.REPACK || pack.fate() == PackFate.MERGE);
  }

  PackGroup rewrittenGroup() {
    return group(PackFate.REPACK).plus(group(PackFate.MERGE));
  }

  /// Bytes that this run frees; less than none where it repacks more than it deletes.
  public long bytesFreedNow() {
    PackGroup repack = rewrittenGroup();
    long deleted = group(PackFate.DUE).bytes() + group(PackFate.STRAY_DUE).bytes();
    boolean atOnce = options.grace().isZero();
    return deleted + (atOnce ? repack.unusedBytes() : -repack.liveBytes());
  }

  /// Bytes that later runs free, when the grace period is over.
  public long bytesFreedLater() {
    long marked =
        group(PackFate.DEAD).bytes()
            + group(PackFate.WAITING).bytes()
            + group(PackFate.STRAY).bytes();
    return marked + (options.grace().isZero() ? 0 : rewrittenGroup().bytes());
  }

  /// Bytes that nothing needs and that stay, because freeing them costs more than is allowed, or
  /// because the storage protects them.
  public long bytesUnusedAfter() {
    return kept.unusedBytes() + group(PackFate.LOCKED).unusedBytes();
  }

  /// Whether more stays unused than `maxUnusedPercent` allows, since `repackBelowPercent` forbids
  /// to write anew what is needed for more than that, or because the storage protects it.
  public boolean moreUnusedThanWanted() {
    return bytesUnusedAfter() * 100.0 > (double) bytesAfter() * options.maxUnusedPercent();
  }

  /// Bytes of the repository when all is done that this plan leads to.
  public long bytesAfter() {
    return kept.bytes() + group(PackFate.LOCKED).bytes() + rewrittenGroup().liveBytes();
  }

  /// Until when the storage protects the last of the locked packs.
  public Optional<Instant> lockedUntil() {
    return packs.stream()
        .flatMap(pack -> pack.lockedUntil().stream())
        .max(Comparator.naturalOrder());
  }
}
