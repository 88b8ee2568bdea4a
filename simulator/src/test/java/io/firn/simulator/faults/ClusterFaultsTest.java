package io.firn.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.simulator.api.RequestFaults.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterFaultsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private final JumpingClock clock = new JumpingClock(InstantSource.fixed(NOON));
  private final ClusterFaults faults = new ClusterFaults(clock);

  @Test
  void requestFault_strikesUsersTwice_andNeverTheClusterItself() {
    faults.add(new Fault.Request("POST", "/jobs", new Verdict.Refuse(429, "slow down", 1), 2));
    String path = "/apis/batch/v1/namespaces/shop/jobs";

    assertThat(faults.judge("POST", path, "system:serviceaccount:kube-system:job-controller"))
        .isInstanceOf(Verdict.Pass.class);
    assertThat(faults.judge("GET", path, "admin")).isInstanceOf(Verdict.Pass.class);
    assertThat(faults.judge("POST", path, "admin")).isInstanceOf(Verdict.Refuse.class);
    assertThat(faults.exhausted()).isFalse();
    assertThat(faults.judge("POST", path, "admin")).isInstanceOf(Verdict.Refuse.class);
    assertThat(faults.judge("POST", path, "admin")).isInstanceOf(Verdict.Pass.class);
    assertThat(faults.exhausted()).isTrue();
  }

  @Test
  void guestFaults_holdUntilCleared() {
    faults.add(new Fault.AgentGone("shop", "orders-*"));
    faults.add(new Fault.FreezeLimit("shop", "win", Duration.ofSeconds(10)));

    assertThat(faults.agentGone("shop", "orders-db")).isTrue();
    assertThat(faults.agentGone("shop", "orders-db")).isTrue();
    assertThat(faults.agentGone("lab", "orders-db")).isFalse();
    assertThat(faults.freezeLimit("shop", "win")).hasValue(Duration.ofSeconds(10));
    faults.clear();
    assertThat(faults.agentGone("shop", "orders-db")).isFalse();
  }

  @Test
  void clock_jumpsAtOnce() {
    faults.add(new Fault.ClockJump(Duration.ofHours(-2)));
    assertThat(clock.instant()).isEqualTo(NOON.minus(Duration.ofHours(2)));
  }

  @Test
  void script_ofASeed_isAlwaysTheSameAndEnds() {
    Set<Class<?>> kinds = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      FaultScript script = FaultScript.fromSeed(seed, "shop");
      assertThat(script).isEqualTo(FaultScript.fromSeed(seed, "shop"));
      assertThat(script.faults()).isNotEmpty().allMatch(fault -> fault.times() < 10);
      script.faults().forEach(fault -> kinds.add(fault.getClass()));
    }
    assertThat(kinds).hasSize(4);
  }
}
