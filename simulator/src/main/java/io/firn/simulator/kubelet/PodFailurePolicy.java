package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A Job's rules about its failed pods. The first rule that fits decides; a pod that none fits
/// counts. Messages are those of the real controller.
record PodFailurePolicy(List<ObjectNode> rules) {
  PodFailurePolicy {
    rules = List.copyOf(rules);
  }

  /// What becomes of a Job by one failed pod.
  sealed interface Verdict {
    /// One failure more, as far as the backoff limit allows.
    record Counted() implements Verdict {}

    /// Replaced, as if it had never been.
    record Ignored() implements Verdict {}

    /// The Job ends at once.
    record FailsJob(String message) implements Verdict {}
  }

  static PodFailurePolicy of(ObjectNode job) {
    return new PodFailurePolicy(Fields.objects(job, "spec", "podFailurePolicy", "rules"));
  }

  Verdict verdict(ObjectNode failedPod) {
    for (int i = 0; i < rules.size(); i++) {
      Optional<String> why = fits(rules.get(i), failedPod);
      if (why.isPresent()) {
        return verdict(Fields.text(rules.get(i), "action"), why.get(), i);
      }
    }
    return new Verdict.Counted();
  }

  private static Verdict verdict(String action, String why, int index) {
    return switch (action) {
      case "FailJob" ->
          new Verdict.FailsJob("%s matching FailJob rule at index %d".formatted(why, index));
      case "Ignore" -> new Verdict.Ignored();
      // Count, and FailIndex, which is for Jobs with an index.
      default -> new Verdict.Counted();
    };
  }

  /// Empty where the rule is about other failures.
  private static Optional<String> fits(ObjectNode rule, ObjectNode pod) {
    return rule.has("onExitCodes")
        ? exitCode(rule.path("onExitCodes"), pod)
        : condition(Fields.objects(rule, "onPodConditions"), pod);
  }

  private static Optional<String> exitCode(JsonNode wanted, ObjectNode pod) {
    return Stream.of("containerStatuses", "initContainerStatuses")
        .flatMap(list -> Fields.objects(pod, "status", list).stream())
        .filter(status -> Fields.has(status, "state", "terminated"))
        .filter(status -> isMeant(wanted, Fields.text(status, "name")))
        .filter(status -> fits(wanted, code(status)))
        .findFirst()
        .map(status ->
            "Container %s for pod %s/%s failed with exit code %d"
                .formatted(
                    Fields.text(status, "name"),
                    Meta.namespace(pod),
                    Meta.name(pod),
                    code(status)));
  }

  private static boolean isMeant(JsonNode wanted, String container) {
    return !Fields.has(wanted, "containerName")
        || Fields.text(wanted, "containerName").equals(container);
  }

  private static int code(ObjectNode status) {
    return Fields.at(status, "state", "terminated", "exitCode").asInt();
  }

  private static boolean fits(JsonNode wanted, int code) {
    boolean listed = wanted.path("values").valueStream().anyMatch(value -> value.asInt() == code);
    boolean in = Fields.text(wanted, "operator").equals("In");
    return code != 0 && listed == in;
  }

  private static Optional<String> condition(List<ObjectNode> patterns, ObjectNode pod) {
    return Fields.objects(pod, "status", "conditions").stream()
        .filter(one -> patterns.stream().anyMatch(pattern -> same(pattern, one)))
        .findFirst()
        .map(one ->
            "Pod %s/%s has condition %s"
                .formatted(Meta.namespace(pod), Meta.name(pod), Fields.text(one, "type")));
  }

  private static boolean same(ObjectNode pattern, ObjectNode condition) {
    return Stream.of("type", "status")
        .allMatch(field -> Fields.text(pattern, field).equals(Fields.text(condition, field)));
  }
}
