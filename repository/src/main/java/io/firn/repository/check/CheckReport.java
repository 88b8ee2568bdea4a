package io.firn.repository.check;

import java.util.Comparator;
import java.util.List;

/// What a check found. `hints` are no damage: space that a prune would free, say. `snapshots` are
/// those that can be read, oldest first: which of them are whole, and what is hurt in the others.
public record CheckReport(
    CheckOptions options,
    List<Damage> damages,
    List<String> hints,
    List<CheckedSnapshot> snapshots,
    long packs,
    long packsRead,
    long blobs,
    long bytesRead) {
  public CheckReport {
    damages = List.copyOf(damages);
    hints = List.copyOf(hints);
    snapshots = List.copyOf(snapshots);
  }

  /// Whether nothing is damaged.
  public boolean sound() {
    return damages.isEmpty();
  }

  /// All files hurt by any damage, each once, in the order of paths.
  public List<HurtFile> hurtFiles() {
    return damages.stream()
        .flatMap(damage -> damage.hurtFiles().stream())
        .distinct()
        .sorted(
            Comparator.comparing(HurtFile::path).thenComparing(file -> file.snapshot().digest()))
        .toList();
  }

  /// The snapshots that need nothing of what is damaged, oldest first.
  public List<CheckedSnapshot> wholeSnapshots() {
    return snapshots.stream().filter(CheckedSnapshot::whole).toList();
  }
}
