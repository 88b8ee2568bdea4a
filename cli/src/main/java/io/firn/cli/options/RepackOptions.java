package io.firn.cli.options;

import io.firn.repository.prune.PruneOptions;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a prune writes anew (decision 0011).
public final class RepackOptions {
  @Option(
      names = "--max-unused",
      paramLabel = "PERCENT",
      description =
          "So much of what is stored may stay unused inside packs that are needed, and no more,"
              + " whatever has to be written for it, as with restic; default: 5, and more where"
              + " --repack-below forbids.")
  private @Nullable Integer maxUnused;

  @Option(
      names = "--max-repack",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      description = "Write no more than this anew in one run: 500M, 20G; default: no limit.")
  private long maxRepack = Long.MAX_VALUE;

  @Option(
      names = "--repack-below",
      paramLabel = "PERCENT",
      description =
          "Write only packs anew of which at most so much is needed, even where more than"
              + " --max-unused stays; default: 80, and 100 where --max-unused is given.")
  private @Nullable Integer repackBelow;

  @Option(
      names = "--repack-smaller-than",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      description =
          "Write packs smaller than this anew together where there are ten or more; 0: never;"
              + " default: a 25th of the size that packs are filled to.")
  private @Nullable Long repackSmallerThan;

  /// `IllegalArgumentException` says what makes no sense.
  public PruneOptions options(Duration grace) {
    return new PruneOptions(
        grace,
        maxUnused == null ? PruneOptions.DEFAULT.maxUnusedPercent() : maxUnused,
        maxRepack,
        below(),
        repackSmallerThan == null ? OptionalLong.empty() : OptionalLong.of(repackSmallerThan));
  }

  /// Who asks for a limit of what stays unused gets it, unless he asks for both.
  private int below() {
    if (repackBelow != null) {
      return repackBelow;
    }
    return maxUnused != null ? 100 : PruneOptions.DEFAULT.repackBelowPercent();
  }
}
