package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Validation of a Job's `podFailurePolicy`.
final class FailurePolicyRules {
  private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
  private static final List<String> OPERATORS = List.of("In", "NotIn");
  private static final int MOST_RULES = 20;
  private static final int MOST_VALUES = 255;

  private final List<ApiFailure.Cause> causes = new ArrayList<>();
  private final JsonNode spec;

  private FailurePolicyRules(JsonNode spec) {
    this.spec = spec;
  }

  static List<ApiFailure.Cause> check(JsonNode spec) {
    FailurePolicyRules rules = new FailurePolicyRules(spec);
    if (spec.has("podFailurePolicy")) {
      rules.job();
    }
    return rules.causes;
  }

  private void job() {
    JsonNode restart = spec.path("template").path("spec").path("restartPolicy");
    if (!restart.asText().equals("Never")) {
      String why = "only \"Never\" is supported when podFailurePolicy is specified";
      invalid("spec.template.spec.restartPolicy", restart, why);
    }
    supported("spec.podReplacementPolicy", spec.path("podReplacementPolicy"), List.of("Failed"));
    JsonNode rules = spec.path("podFailurePolicy").path("rules");
    atMost("spec.podFailurePolicy.rules", rules, MOST_RULES);
    for (int i = 0; i < rules.size(); i++) {
      rule("spec.podFailurePolicy.rules[" + i + "]", rules.path(i));
    }
  }

  private void rule(String field, JsonNode rule) {
    boolean codes = rule.has("onExitCodes");
    boolean conditions = !rule.path("onPodConditions").isEmpty();
    supported(field + ".action", rule.path("action"), ACTIONS);
    if (rule.path("action").asText().equals("FailIndex") && !spec.has("backoffLimitPerIndex")) {
      String why = "requires the backoffLimitPerIndex to be set";
      invalid(field + ".action", rule.path("action"), why);
    }
    if (codes) {
      codes(field + ".onExitCodes", rule.path("onExitCodes"));
    }
    if (codes == conditions) {
      String both = "specifying both OnExitCodes and OnPodConditions is not supported";
      String none = "specifying one of OnExitCodes and OnPodConditions is required";
      add("FieldValueInvalid", "Invalid value: " + (codes ? both : none), field);
    }
  }

  private void codes(String field, JsonNode codes) {
    supported(field + ".operator", codes.path("operator"), OPERATORS);
    if (codes.has("containerName")
        && !containers().contains(codes.path("containerName").asText())) {
      String why = "must be one of the container or initContainer names in the pod template";
      invalid(field + ".containerName", codes.path("containerName"), why);
    }
    JsonNode values = codes.path("values");
    if (values.isEmpty()) {
      invalid(field + ".values", values, "at least one value is required");
    }
    atMost(field + ".values", values, MOST_VALUES);
    values(field + ".values", values, codes.path("operator").asText().equals("In"));
  }

  private void values(String field, JsonNode values, boolean in) {
    Set<Integer> seen = new HashSet<>();
    boolean ordered = true;
    for (int i = 0; i < values.size(); i++) {
      int value = values.path(i).asInt();
      if (in && value == 0) {
        invalid(field + "[" + i + "]", values.path(i), "must not be 0 for the In operator");
      }
      if (!seen.add(value)) {
        add("FieldValueDuplicate", "Duplicate value: " + value, field + "[" + i + "]");
      }
      ordered &= i == 0 || values.path(i - 1).asInt() <= value;
    }
    if (!ordered) {
      invalid(field, values, "must be ordered");
    }
  }

  private Set<String> containers() {
    JsonNode pod = spec.path("template").path("spec");
    return Stream.of("containers", "initContainers")
        .flatMap(list -> pod.path(list).valueStream())
        .map(container -> container.path("name").asText())
        .collect(Collectors.toSet());
  }

  private void supported(String field, JsonNode value, List<String> values) {
    String all = values.stream().map(one -> '"' + one + '"').collect(Collectors.joining(", "));
    if (value.asText().isEmpty()) {
      add(
          "FieldValueRequired",
          "Required value: valid values: [" + all.replace(",", "") + "]",
          field);
    } else if (!values.contains(value.asText())) {
      String message = "Unsupported value: " + value + ": supported values: " + all;
      add("FieldValueNotSupported", message, field);
    }
  }

  private void atMost(String field, JsonNode list, int most) {
    if (list.size() > most) {
      String message = "Too many: " + list.size() + ": must have at most " + most + " items";
      add("FieldValueTooMany", message, field);
    }
  }

  private void invalid(String field, JsonNode value, String why) {
    add("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
  }

  private void add(String reason, String message, String field) {
    causes.add(new ApiFailure.Cause(reason, message, field));
  }
}
