package io.firn.repository.prune;

import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.prune.PackTable.Pack;
import java.util.Map;
import java.util.function.Predicate;

/// For each needed blob the one pack whose copy counts. Other copies are unused bytes. The choice:
/// a pack that is not marked for deletion before one that is, then the one with more needed bytes,
/// so that what was repacked counts where it went. A pack that is missing or has the wrong size is
/// never chosen. Immutable once made.
final class Homes {
  private final int[] home;
  private final long[] liveBytes;
  private long duplicateBlobs;
  private long duplicateBytes;

  Homes(PackTable table, LiveBlobs live, Predicate<Pack> sound, Predicate<PackId> marked) {
    home = new int[live.limit()];
    liveBytes = new long[table.packs().size()];
    long[] candidates = new long[table.packs().size()];
    for (Pack pack : table.packs()) {
      candidates[pack.number()] = sound.test(pack) ? allLive(pack, live) : -1;
    }
    for (Pack pack : table.packs()) {
      if (candidates[pack.number()] > 0) {
        settle(pack, table, live, candidates, marked);
      }
    }
    requireAll(table, live);
    table.packs().forEach(pack -> count(pack, live));
  }

  /// Bytes of a pack that are needed and counted here.
  long liveBytes(Pack pack) {
    return liveBytes[pack.number()];
  }

  boolean isHome(Pack pack, int blob) {
    return blob >= 0 && blob < home.length && home[blob] == pack.number() + 1;
  }

  long duplicateBlobs() {
    return duplicateBlobs;
  }

  long duplicateBytes() {
    return duplicateBytes;
  }

  private void settle(
      Pack pack, PackTable table, LiveBlobs live, long[] candidates, Predicate<PackId> marked) {
    for (int blob : pack.blobs()) {
      if (live.contains(blob)) {
        Pack before = home[blob] == 0 ? pack : table.packs().get(home[blob] - 1);
        if (better(pack, before, candidates, marked)) {
          home[blob] = pack.number() + 1;
        }
      }
    }
  }

  private static boolean better(
      Pack pack, Pack other, long[] candidates, Predicate<PackId> marked) {
    if (pack == other) {
      return true;
    }
    boolean mine = marked.test(pack.id());
    if (mine != marked.test(other.id())) {
      return !mine;
    }
    int order = Long.compare(candidates[pack.number()], candidates[other.number()]);
    return order != 0 ? order > 0 : pack.id().digest().compareTo(other.id().digest()) < 0;
  }

  private static long allLive(Pack pack, LiveBlobs live) {
    long bytes = 0;
    for (int i = 0; i < pack.blobs().length; i++) {
      bytes += live.contains(pack.blobs()[i]) ? pack.bytes()[i] : 0;
    }
    return bytes;
  }

  /// Damage is named before anything is planned: a blob that is needed and in no sound pack.
  private void requireAll(PackTable table, LiveBlobs live) {
    for (Pack pack : table.packs()) {
      for (int blob : pack.blobs()) {
        if (live.contains(blob) && home[blob] == 0) {
          throw new RepositoryException(
              FailureCode.CORRUPT,
              "pack %s is missing or has not its size, and snapshots need it, so nothing is pruned. Run a check."
                  .formatted(pack.id()),
              Map.of("pack", pack.id().toString()));
        }
      }
    }
    for (int blob = 0; blob < live.limit(); blob++) {
      if (live.contains(blob) && home[blob] == 0) {
        throw new RepositoryException(
            FailureCode.CORRUPT,
            "a blob that snapshots need went out of the index, so nothing is pruned. Run a check.",
            Map.of());
      }
    }
  }

  private void count(Pack pack, LiveBlobs live) {
    long bytes = 0;
    for (int i = 0; i < pack.blobs().length; i++) {
      int blob = pack.blobs()[i];
      if (isHome(pack, blob)) {
        bytes += pack.bytes()[i];
      } else if (live.contains(blob)) {
        duplicateBlobs++;
        duplicateBytes += pack.bytes()[i];
      }
    }
    // A pack that is needed at all needs its header.
    liveBytes[pack.number()] = bytes == 0 ? 0 : bytes + pack.sizeBytes() - sum(pack.bytes());
  }

  private static long sum(int[] bytes) {
    long sum = 0;
    for (int part : bytes) {
      sum += part;
    }
    return sum;
  }
}
