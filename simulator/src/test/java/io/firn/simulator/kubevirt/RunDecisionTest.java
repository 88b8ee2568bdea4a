package io.firn.simulator.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.simulator.kubevirt.RunDecision.Instance;
import io.firn.simulator.kubevirt.RunDecision.Request;
import io.firn.simulator.kubevirt.RunDecision.RunStrategy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDecisionTest {
  @ParameterizedTest
  @CsvSource({
    "ALWAYS, ABSENT, NONE, START",
    "ALWAYS, LIVE, NONE, NOTHING",
    "ALWAYS, LIVE, STOP, STOP",
    "ALWAYS, SUCCEEDED, NONE, STOP",
    "ALWAYS, FAILED, NONE, STOP",
    "HALTED, ABSENT, NONE, NOTHING",
    "HALTED, LIVE, NONE, STOP",
    "MANUAL, ABSENT, NONE, NOTHING",
    "MANUAL, ABSENT, START, START",
    "MANUAL, LIVE, STOP, STOP",
    "MANUAL, SUCCEEDED, NONE, NOTHING",
    "RERUN_ON_FAILURE, ABSENT, NONE, START",
    "RERUN_ON_FAILURE, FAILED, NONE, STOP",
    "RERUN_ON_FAILURE, SUCCEEDED, NONE, NOTHING",
    "ONCE, ABSENT, NONE, START",
    "ONCE, SUCCEEDED, NONE, NOTHING",
    "ONCE, FAILED, NONE, NOTHING"
  })
  void decide_asTheStrategySays(
      RunStrategy strategy, Instance instance, Request request, RunDecision expected) {
    assertThat(RunDecision.decide(strategy, instance, request)).isEqualTo(expected);
  }

  @Test
  void strategy_ofTheDeprecatedField() {
    assertThat(RunStrategy.of("", Optional.of(true))).isEqualTo(RunStrategy.ALWAYS);
    assertThat(RunStrategy.of("", Optional.of(false))).isEqualTo(RunStrategy.HALTED);
    assertThat(RunStrategy.of("Manual", Optional.empty())).isEqualTo(RunStrategy.MANUAL);
  }
}
