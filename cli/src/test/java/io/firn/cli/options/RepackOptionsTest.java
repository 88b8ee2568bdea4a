package io.firn.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.prune.PruneOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RepackOptionsTest {
  @Test
  void nothingGiven_isTheDefault() {
    assertThat(parsed()).isEqualTo(PruneOptions.DEFAULT);
  }

  @Test
  void maxUnused_alone_isKeptWhateverItCosts() {
    assertThat(parsed("--max-unused", "3"))
        .isEqualTo(PruneOptions.DEFAULT.withMaxUnusedPercent(3).withRepackBelowPercent(100));
  }

  @Test
  void both_repackBelowWins() {
    assertThat(parsed("--max-unused", "3", "--repack-below", "60"))
        .isEqualTo(PruneOptions.DEFAULT.withMaxUnusedPercent(3).withRepackBelowPercent(60));
  }

  @Test
  void repackSmallerThan_isASize() {
    assertThat(parsed("--repack-smaller-than", "2M"))
        .isEqualTo(PruneOptions.DEFAULT.withRepackSmallerThanBytes(2 << 20));
  }

  private static PruneOptions parsed(String... arguments) {
    return CommandLine.populateCommand(new RepackOptions(), arguments)
        .options(Duration.ofHours(24));
  }
}
