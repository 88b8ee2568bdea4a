package io.firn.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WorldNoticeTest {
  @Test
  void simulatorAlone_isToldWithTheWayToTheOtherWorlds() {
    assertThat(new WorldNotice(World.SIMULATOR, false).text())
        .contains("simulator ONLY", "simulator/real-cluster/run --kubevirt --cdi");
  }

  @Test
  void otherWorlds_orThoseThatFollow_areNoNews() {
    assertThat(new WorldNotice(World.REAL_API, false).text()).isEmpty();
    assertThat(new WorldNotice(World.SIMULATOR, true).text()).isEmpty();
  }
}
