package io.firn.repository.check;

import java.util.List;

/// What a check found. `hints` are no damage: space that a prune would free, say.
public record CheckReport(
    CheckDepth depth,
    List<Damage> damages,
    List<String> hints,
    long snapshots,
    long packs,
    long blobs,
    long bytesRead) {
  public CheckReport {
    damages = List.copyOf(damages);
    hints = List.copyOf(hints);
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
            java.util.Comparator.comparing(HurtFile::path)
                .thenComparing(file -> file.snapshot().digest()))
        .toList();
  }
}
