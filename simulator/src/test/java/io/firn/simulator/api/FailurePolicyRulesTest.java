package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailurePolicyRulesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{action: FailJob, onExitCodes: {operator: In, values: [4, 2]}} |"
            + " spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [4,2]: must be ordered",
        "{action: FailJob, onExitCodes: {operator: In, values: [0]}} |"
            + " spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator",
        "{action: FailJob, onExitCodes: {operator: In, values: [4, 4]}} |"
            + " spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Duplicate value: 4",
        "{action: FailJob, onExitCodes: {operator: In, values: []}} |"
            + " spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: []: at least one value is required",
        "{action: FailJob, onExitCodes: {operator: In, containerName: other, values: [4]}} |"
            + " spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: \"other\": must be one of the"
            + " container or initContainer names in the pod template",
        "{action: Fail, onExitCodes: {operator: In, values: [4]}} |"
            + " spec.podFailurePolicy.rules[0].action: Unsupported value: \"Fail\": supported values: \"Count\","
            + " \"FailIndex\", \"FailJob\", \"Ignore\"",
        "{action: FailIndex, onExitCodes: {operator: In, values: [4]}} |"
            + " spec.podFailurePolicy.rules[0].action: Invalid value: \"FailIndex\": requires the"
            + " backoffLimitPerIndex to be set",
        "{action: Ignore} |"
            + " spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required"
      })
  void rule_thatTheServerWouldRefuse_isRefusedInItsWords(String rule, String expected) {
    assertThat(FailurePolicyRules.check(spec("Never", rule)))
        .extracting(ApiFailure.Cause::line)
        .containsExactly(expected);
  }

  @Test
  void rules_thatMakeSense_areAccepted() {
    String rules =
        "{action: Ignore, onPodConditions: [{type: DisruptionTarget, status: 'True'}]},"
            + "{action: FailJob, onExitCodes: {containerName: main, operator: In, values: [2, 4]}}";
    assertThat(FailurePolicyRules.check(spec("Never", rules))).isEmpty();
  }

  @Test
  void podsThatAreRestarted_haveNoFailurePolicy() {
    String rule = "{action: FailJob, onExitCodes: {operator: In, values: [4]}}";
    assertThat(FailurePolicyRules.check(spec("OnFailure", rule)))
        .extracting(ApiFailure.Cause::field)
        .containsExactly("spec.template.spec.restartPolicy");
  }

  private static ObjectNode spec(String restartPolicy, String rules) {
    try {
      return (ObjectNode)
          YAML.readTree(
              """
              podReplacementPolicy: Failed
              podFailurePolicy: {rules: [%s]}
              template: {spec: {restartPolicy: %s, containers: [{name: main}]}}
              """
                  .formatted(rules, restartPolicy));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
