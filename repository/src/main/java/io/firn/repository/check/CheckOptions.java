package io.firn.repository.check;

/// How a check is done. `subset` says which packs are read where `depth` is `DATA`; `seed` is for
/// subsets that are drawn; `workers` packs are read at once, a few MiB of memory each.
public record CheckOptions(CheckDepth depth, DataSubset subset, long seed, int workers) {
  private static final int MOST_WORKERS = 4;

  public CheckOptions {
    if (workers < 1) {
      throw new IllegalArgumentException("a check needs a worker, not " + workers);
    }
  }

  /// All packs, as many workers as there are processors.
  public static CheckOptions of(CheckDepth depth) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new CheckOptions(
        depth, new DataSubset.All(), 0, Math.clamp(processors, 1, MOST_WORKERS));
  }

  public CheckOptions withSubset(DataSubset wanted, long drawnBy) {
    return new CheckOptions(depth, wanted, drawnBy, workers);
  }

  public CheckOptions withWorkers(int count) {
    return new CheckOptions(depth, subset, seed, count);
  }
}
