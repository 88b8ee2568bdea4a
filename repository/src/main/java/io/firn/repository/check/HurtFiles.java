package io.firn.repository.check;

import io.firn.repository.SnapshotId;
import io.firn.repository.pack.BlobKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which files need which lost blobs. The blobs of a disk are mostly needed by the same files, in
/// hundreds of snapshots: so each set of files is kept once, as a shorter one and one file more,
/// and a blob costs a number, not a list. Not thread-safe.
final class HurtFiles {
  private static final int EMPTY = -1;

  private final Map<BlobKey, Integer> setOf = new HashMap<>();
  private final List<Longer> sets = new ArrayList<>();
  private final Map<Longer, Integer> numbers = new HashMap<>();
  private final Map<SnapshotId, Set<String>> paths = new HashMap<>();
  private final Map<Set<Integer>, List<HurtFile>> asked = new HashMap<>();

  private record Longer(int shorter, HurtFile file) {}

  /// A file needs the blob. All that is said of one file is said before another one's turn.
  void add(BlobKey blob, HurtFile file) {
    int before = setOf.getOrDefault(blob, EMPTY);
    if (before == EMPTY || !sets.get(before).file().equals(file)) {
      setOf.put(blob, number(new Longer(before, file)));
    }
  }

  /// The files that need any of these blobs, each once. Equal answers are one list.
  List<HurtFile> of(Collection<BlobKey> blobs) {
    Set<Integer> wanted = new LinkedHashSet<>();
    for (BlobKey blob : blobs) {
      wanted.add(setOf.getOrDefault(blob, EMPTY));
    }
    return asked.computeIfAbsent(wanted, this::files);
  }

  /// What is hurt in a snapshot, in order.
  List<String> paths(SnapshotId snapshot) {
    return List.copyOf(paths.getOrDefault(snapshot, Set.of()));
  }

  /// How many different sets of files there are.
  int sets() {
    return sets.size();
  }

  private int number(Longer set) {
    Integer known = numbers.get(set);
    if (known != null) {
      return known;
    }
    sets.add(set);
    numbers.put(set, sets.size() - 1);
    paths.computeIfAbsent(set.file().snapshot(), s -> new TreeSet<>()).add(set.file().path());
    return sets.size() - 1;
  }

  private List<HurtFile> files(Set<Integer> wanted) {
    Set<Integer> seen = new HashSet<>();
    Set<HurtFile> files = new LinkedHashSet<>();
    for (int number : wanted) {
      List<HurtFile> latestFirst = new ArrayList<>();
      for (int at = number; at != EMPTY && seen.add(at); at = sets.get(at).shorter()) {
        latestFirst.add(sets.get(at).file());
      }
      files.addAll(latestFirst.reversed());
    }
    return List.copyOf(files);
  }
}
