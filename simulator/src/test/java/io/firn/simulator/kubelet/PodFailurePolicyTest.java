package io.firn.simulator.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.simulator.kubelet.PodFailurePolicy.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodFailurePolicyTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{action: FailJob, onExitCodes: {operator: In, values: [3, 4]}} |"
            + " Container main for pod shop/p failed with exit code 4 matching FailJob rule at index 0",
        "{action: FailJob, onExitCodes: {containerName: main, operator: NotIn, values: [3]}} |"
            + " Container main for pod shop/p failed with exit code 4 matching FailJob rule at index 0",
        "{action: FailJob, onExitCodes: {containerName: before, operator: NotIn, values: [3]}} |"
            + " counted",
        "{action: FailJob, onExitCodes: {operator: In, values: [3]}} | counted",
        "{action: FailJob, onExitCodes: {operator: NotIn, values: [4]}} | counted",
        "{action: FailJob, onPodConditions: [{type: DisruptionTarget, status: 'True'}]} |"
            + " Pod shop/p has condition DisruptionTarget matching FailJob rule at index 0",
        "{action: Ignore, onPodConditions: [{type: DisruptionTarget, status: 'True'}]} | ignored",
        "{action: Ignore, onPodConditions: [{type: DisruptionTarget, status: 'False'}]} | counted",
        "{action: Count, onExitCodes: {operator: In, values: [4]}},"
            + "{action: FailJob, onExitCodes: {operator: In, values: [4]}} | counted",
        "{action: Ignore, onExitCodes: {operator: In, values: [9]}},"
            + "{action: FailJob, onExitCodes: {operator: In, values: [4]}} |"
            + " Container main for pod shop/p failed with exit code 4 matching FailJob rule at index 1",
      })
  void failedPod_meetsRules_theFirstThatFitsDecides(String rules, String expected) {
    ObjectNode job = yaml("{spec: {podFailurePolicy: {rules: [" + rules + "]}}}");
    ObjectNode pod =
        yaml(
            """
            metadata: {namespace: shop, name: p}
            status:
              phase: Failed
              conditions: [{type: DisruptionTarget, status: "True"}]
              initContainerStatuses: [{name: before, state: {terminated: {exitCode: 0}}}]
              containerStatuses: [{name: main, state: {terminated: {exitCode: 4}}}]
            """);

    assertThat(text(PodFailurePolicy.of(job).verdict(pod))).isEqualTo(expected);
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Counted() -> "counted";
      case Verdict.Ignored() -> "ignored";
      case Verdict.FailsJob(String message) -> message;
    };
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
