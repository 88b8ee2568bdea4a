package io.firn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class RunOwnerTest {
  @Test
  void owner_written_readsBack() {
    RunOwner self = RunOwner.self();

    assertThat(RunOwner.parse(self.text())).contains(self);
    assertThat(RunOwner.parse("")).isEmpty();
    assertThat(RunOwner.parse("host|x|1")).isEmpty();
  }

  @Test
  void thisProcess_isNotDead() {
    assertThat(RunOwner.self().isDead()).isFalse();
  }

  @Test
  void processThatHasEnded_isDead() throws IOException {
    Process process = new ProcessBuilder("true").start();
    process.onExit().join();

    assertThat(new RunOwner(RunOwner.self().host(), process.pid(), 1).isDead()).isTrue();
  }

  @Test
  void pidThatNowBelongsToAnother_isDead() {
    RunOwner self = RunOwner.self();

    assertThat(new RunOwner(self.host(), self.pid(), self.startedEpochMilli() - 1).isDead())
        .isTrue();
  }

  @Test
  void processOfAnotherHost_isNeverCalledDead() {
    assertThat(new RunOwner("elsewhere", 999_999, 1).isDead()).isFalse();
  }
}
