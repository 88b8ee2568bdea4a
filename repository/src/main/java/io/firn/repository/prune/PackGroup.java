package io.firn.repository.prune;

/// Packs that share a fate: how many, their bytes, and the part of these that is needed.
public record PackGroup(long packs, long bytes, long liveBytes) {
  static final PackGroup NONE = new PackGroup(0, 0, 0);

  PackGroup plus(PlannedPack pack) {
    return new PackGroup(packs + 1, bytes + pack.sizeBytes(), liveBytes + pack.liveBytes());
  }

  PackGroup plus(PackGroup other) {
    return new PackGroup(
        packs + other.packs(), bytes + other.bytes(), liveBytes + other.liveBytes());
  }

  public long unusedBytes() {
    return bytes - liveBytes;
  }
}
