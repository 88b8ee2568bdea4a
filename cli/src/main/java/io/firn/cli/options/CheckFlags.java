package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckOptions;
import io.firn.repository.check.DataSubset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How deep a check goes.
public final class CheckFlags {
  @Option(names = "--headers", description = "Read the header of every pack as well.")
  private boolean headers;

  @Option(names = "--read-data", description = "Read every byte.")
  private boolean readData;

  @Option(
      names = "--read-data-subset",
      paramLabel = "SUBSET",
      description =
          "Read every byte of some packs: n/t (the nth of t groups), x%% of them, or packs of about"
              + " that size (500M, 50G). The last two draw at random.")
  private @Nullable String subset;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw as an earlier check did that printed this seed.")
  private @Nullable Long seed;

  /// `USAGE` where the flags contradict each other or make no sense.
  public CheckOptions options(Session session) {
    if (subset == null) {
      CheckDepth shallow = headers ? CheckDepth.HEADERS : CheckDepth.STRUCTURE;
      return CheckOptions.of(readData ? CheckDepth.DATA : shallow);
    }
    if (readData) {
      throw UsageFailure.of(
          "--read-data and --read-data-subset contradict each other", "Give one of them.");
    }
    try {
      long drawnBy = seed != null ? seed : session.random().nextInt(Integer.MAX_VALUE);
      return CheckOptions.of(CheckDepth.DATA).withSubset(DataSubset.parse(subset), drawnBy);
    } catch (IllegalArgumentException e) {
      throw UsageFailure.of(
          "--read-data-subset: " + e.getMessage(), "See firn vault check --help.");
    }
  }
}
