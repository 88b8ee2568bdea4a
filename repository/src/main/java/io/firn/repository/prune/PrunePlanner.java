package io.firn.repository.prune;

import io.firn.repository.PackId;
import io.firn.repository.prune.PackTable.Pack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides. Whole dead packs cost nothing to free and always go; packs that are alive in part are
/// written anew only as far as needed, those with the least alive first. For one plan.
final class PrunePlanner {
  /// restic's number.
  private static final int MANY_SMALL_PACKS = 10;

  private final Survey survey;
  private final Marks marks;
  private final PruneOptions options;
  private final Instant now;
  private final ProtectedFiles storage;
  private final int packBytes;
  private final Homes homes;
  private final List<PlannedPack> planned = new ArrayList<>();
  private PackGroup kept = PackGroup.NONE;

  PrunePlanner(
      Survey survey,
      Marks marks,
      PruneOptions options,
      Instant now,
      ProtectedFiles storage,
      int packBytes) {
    this.survey = survey;
    this.marks = marks;
    this.options = options;
    this.now = now;
    this.storage = storage;
    this.packBytes = packBytes;
    this.homes = survey.homes(marks.since()::containsKey);
  }

  PrunePlan plan() {
    List<Pack> dead = new ArrayList<>();
    List<Pack> alive = new ArrayList<>();
    survey.table().packs().forEach(pack -> (isDead(pack) ? dead : alive).add(pack));
    planDead(dead);
    planStrays();
    planAlive(alive);
    return new PrunePlan(
        now,
        options,
        survey.snapshots(),
        kept,
        planned,
        homes.duplicateBlobs(),
        homes.duplicateBytes());
  }

  Homes homes() {
    return homes;
  }

  private boolean isDead(Pack pack) {
    return homes.liveBytes(pack) == 0;
  }

  private void planDead(List<Pack> dead) {
    Map<PackId, Instant> locked = storage.among(dead.stream().map(Pack::id).toList(), now);
    for (Pack pack : dead) {
      PackFate fate = locked.containsKey(pack.id()) ? PackFate.LOCKED : deadFate(pack.id());
      // A pack that is listed and missing frees nothing but its entry in the index.
      long size = survey.stored().getOrDefault(pack.id(), 0L);
      add(pack.id(), fate, size, 0, locked);
    }
  }

  private PackFate deadFate(PackId pack) {
    if (options.grace().isZero() || marks.due(pack, now, options.grace())) {
      return PackFate.DUE;
    }
    return marks.since().containsKey(pack) ? PackFate.WAITING : PackFate.DEAD;
  }

  private void planStrays() {
    List<PackId> strays =
        survey.stored().keySet().stream().filter(pack -> !survey.table().lists(pack)).toList();
    Map<PackId, Instant> locked = storage.among(strays, now);
    for (PackId pack : strays) {
      boolean due = options.grace().isZero() || marks.due(pack, now, options.grace());
      PackFate fate = due ? PackFate.STRAY_DUE : PackFate.STRAY;
      fate = locked.containsKey(pack) ? PackFate.LOCKED : fate;
      add(pack, fate, survey.stored().getOrDefault(pack, 0L), 0, locked);
    }
  }

  private void planAlive(List<Pack> alive) {
    List<Pack> worth = alive.stream().filter(this::worthRepacking).sorted(emptiestFirst()).toList();
    Map<PackId, Instant> locked = storage.among(worth.stream().map(Pack::id).toList(), now);
    long used = alive.stream().mapToLong(homes::liveBytes).sum();
    long unused = alive.stream().mapToLong(Pack::sizeBytes).sum() - used;
    long allowed = allowedUnused(used);
    long written = 0;
    Set<PackId> gone = new HashSet<>();
    for (Pack pack : worth) {
      long live = homes.liveBytes(pack);
      if (!pack.mixed() && unused <= allowed) {
        continue;
      }
      if (locked.containsKey(pack.id())) {
        gone.add(pack.id());
        add(pack.id(), PackFate.LOCKED, pack.sizeBytes(), live, locked);
      } else if (live <= options.maxRepackBytes() - written) {
        gone.add(pack.id());
        add(pack.id(), PackFate.REPACK, pack.sizeBytes(), live, Map.of());
        written += live;
        unused -= pack.sizeBytes() - live;
      }
    }
    List<Pack> rest = alive.stream().filter(pack -> !gone.contains(pack.id())).toList();
    for (boolean trees : new boolean[] {true, false}) {
      List<Pack> small = small(rest, trees, options.maxRepackBytes() - written);
      for (Pack pack : small) {
        gone.add(pack.id());
        add(pack.id(), PackFate.MERGE, pack.sizeBytes(), homes.liveBytes(pack), Map.of());
        written += homes.liveBytes(pack);
      }
    }
    alive.stream().filter(pack -> !gone.contains(pack.id())).forEach(this::keep);
  }

  /// Small packs of one kind, smallest first, as far as the budget goes. None where there are few:
  /// of what is written anew the last pack is small again, so one at a time would go on for ever.
  private List<Pack> small(List<Pack> packs, boolean trees, long budgetBytes) {
    // Blobs of packs that are less than half full are so themselves: they fill more than half of
    // one.
    long limit = Math.min(smallBytes(), packBytes / 2L);
    List<Pack> small =
        packs.stream()
            .filter(pack -> !pack.mixed() && pack.treesOnly() == trees)
            .filter(pack -> pack.sizeBytes() < limit)
            .sorted(Comparator.comparingLong(Pack::sizeBytes).thenComparing(p -> p.id().digest()))
            .toList();
    if (small.size() < MANY_SMALL_PACKS) {
      return List.of();
    }
    Set<PackId> locked = storage.among(small.stream().map(Pack::id).toList(), now).keySet();
    List<Pack> chosen = new ArrayList<>();
    long left = budgetBytes;
    for (Pack pack : small) {
      if (!locked.contains(pack.id()) && homes.liveBytes(pack) <= left) {
        chosen.add(pack);
        left -= homes.liveBytes(pack);
      }
    }
    return chosen.size() < MANY_SMALL_PACKS ? List.of() : chosen;
  }

  private long smallBytes() {
    return options.repackSmallerThanBytes().orElse(packBytes / 25L);
  }

  /// Trees and data in one pack are separated whatever it costs, as restic does.
  private boolean worthRepacking(Pack pack) {
    long live = homes.liveBytes(pack);
    return pack.mixed()
        || (live < pack.sizeBytes()
            && live * 100.0 / pack.sizeBytes() <= options.repackBelowPercent());
  }

  private Comparator<Pack> emptiestFirst() {
    return Comparator.comparing((Pack pack) -> !pack.mixed())
        .thenComparingDouble(pack -> (double) homes.liveBytes(pack) / pack.sizeBytes())
        .thenComparing(pack -> pack.id().digest());
  }

  /// A percentage of all that is stored, as restic counts it.
  private long allowedUnused(long used) {
    int percent = options.maxUnusedPercent();
    return percent == 100 ? Long.MAX_VALUE : (long) ((double) used * percent / (100 - percent));
  }

  private void keep(Pack pack) {
    kept =
        new PackGroup(
            kept.packs() + 1,
            kept.bytes() + pack.sizeBytes(),
            kept.liveBytes() + homes.liveBytes(pack));
  }

  private void add(PackId pack, PackFate fate, long size, long live, Map<PackId, Instant> locked) {
    planned.add(
        new PlannedPack(
            pack, fate, size, live, marks.since(pack, now), Optional.ofNullable(locked.get(pack))));
  }
}
