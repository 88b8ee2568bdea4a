package io.firn.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The account that a class leaves of a world.
class WorldAccountTest {
  @TempDir private Path folder;

  @Test
  void classThatRan_tellsHowMany_andWhatWasLeftOutWithTheReason() throws IOException {
    WorldAccount account = new WorldAccount(World.REAL_API, folder);
    account.began("OneTest");
    account.ran("OneTest");
    account.began("OneTest");
    account.ran("OneTest");
    account.failed("OneTest");
    account.leftOut("OneTest", "clock_jumps", Need.CLOCK_JUMP.why());
    account.ended("OneTest");
    assertThat(folder.resolve("real-api/OneTest.tsv")).doesNotExist();
    account.ended("OneTest");

    assertThat(Files.readAllLines(folder.resolve("real-api/OneTest.tsv")))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("OneTest\treal-api\t2 ran\t1 failed\t"),
            second ->
                assertThat(second)
                    .isEqualTo(
                        "OneTest\treal-api\tleft out\tclock_jumps\t" + Need.CLOCK_JUMP.why()));
  }

  @Test
  void classThatIsLeftOutWhole_isToldToo() throws IOException {
    WorldAccount account = new WorldAccount(World.REAL_API, folder);
    account.leftOut("OneTest", "", "no reason");

    assertThat(Files.readString(folder.resolve("real-api/OneTest.tsv")))
        .contains("0 ran")
        .contains("left out\tall\tno reason");
  }

  @Test
  void needs_areMetByTheSimulatorAlone() {
    assertThat(Need.values()).allMatch(need -> need.met(World.SIMULATOR));
    assertThat(Need.values()).noneMatch(need -> need.met(World.REAL_KUBEVIRT));
  }
}
