package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Validation of built-in kinds, as far as somebody who restores objects runs into it.
final class BuiltinRules {
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("kubernetes", Deletions.ORPHAN, Deletions.FOREGROUND);

  private static final String APPROVED = "api-approved.kubernetes.io";
  private static final Pattern APPROVAL = Pattern.compile("[a-z][a-z0-9+.-]*://[^/]+.*");

  private final List<ApiFailure.Cause> causes = new ArrayList<>();
  private final ObjectNode next;

  private BuiltinRules(ObjectNode next) {
    this.next = next;
  }

  static List<ApiFailure.Cause> check(Target target, Optional<ObjectNode> old, ObjectNode next) {
    BuiltinRules rules = new BuiltinRules(next);
    rules.finalizers(target.resource());
    rules.required(target.resource());
    old.ifPresent(before -> rules.transition(target.resource(), before));
    return rules.causes;
  }

  /// A finalizer belongs to somebody: its name has a domain, but for the server's own. Only the API
  /// extensions, which came later, are milder.
  private void finalizers(Resource resource) {
    List<String> names = Meta.finalizers(next);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!name.contains("/")
          && !STANDARD_FINALIZERS.contains(name)
          && !resource.group().equals("apiextensions.k8s.io")) {
        String why = "name is neither a standard finalizer name nor is it fully qualified";
        causes.add(
            new ApiFailure.Cause(
                "FieldValueInvalid",
                "Invalid value: \"" + name + "\": " + why,
                "metadata.finalizers[" + i + "]"));
      }
    }
  }

  private void required(Resource resource) {
    switch (resource.plural()) {
      case "persistentvolumeclaims" -> {
        need("/spec/accessModes", "spec.accessModes", "at least 1 access mode is required");
        need("/spec/resources/requests/storage", "spec.resources[storage]", "");
      }
      case "persistentvolumes" -> {
        need("/spec/accessModes", "spec.accessModes", "");
        need("/spec/capacity", "spec.capacity", "");
      }
      case "pods" -> need("/spec/containers", "spec.containers", "");
      case "jobs" -> {
        need("/spec/template/spec/containers", "spec.template.spec.containers", "");
        restartPolicy();
        causes.addAll(FailurePolicyRules.check(next.path("spec")));
      }
      case "roles", "clusterroles" -> verbs();
      case "storageclasses" -> need("/provisioner", "provisioner", "");
      case "rolebindings", "clusterrolebindings" -> need("/roleRef/name", "roleRef.name", "");
      case "customresourcedefinitions" -> definition();
      default -> {}
    }
  }

  /// A pod's default, to restart always, is not for jobs.
  private void restartPolicy() {
    if (next.at("/spec/template/spec/restartPolicy").asText("Always").equals("Always")) {
      causes.add(
          new ApiFailure.Cause(
              "FieldValueRequired",
              "Required value: valid values: \"OnFailure\", \"Never\"",
              "spec.template.spec.restartPolicy"));
    }
  }

  private void verbs() {
    for (int i = 0; i < next.path("rules").size(); i++) {
      need("/rules/" + i + "/verbs", "rules[" + i + "].verbs", "");
    }
  }

  private void definition() {
    String name = CustomResources.id(next).toString();
    if (!Meta.name(next).equals(name)) {
      causes.add(
          new ApiFailure.Cause(
              "FieldValueInvalid",
              "Invalid value: \""
                  + Meta.name(next)
                  + "\": must be spec.names.plural+\".\"+spec.group",
              "metadata.name"));
    }
    protectedGroup(next.at("/spec/group").asText());
    long stored =
        Json.elements(next.at("/spec/versions")).filter(v -> v.path("storage").asBoolean()).count();
    if (stored != 1) {
      causes.add(
          new ApiFailure.Cause(
              "FieldValueInvalid",
              "Invalid value: must have exactly one version marked as storage version",
              "spec.versions"));
    }
  }

  /// Groups of the Kubernetes community are for definitions that its review has approved, or that
  /// say that they are not.
  private void protectedGroup(String group) {
    boolean community =
        Stream.of("k8s.io", "kubernetes.io")
            .anyMatch(owned -> group.equals(owned) || group.endsWith("." + owned));
    String approval = Meta.of(next).path("annotations").path(APPROVED).asText();
    if (!community || approval.startsWith("unapproved") || APPROVAL.matcher(approval).matches()) {
      return;
    }
    String rule = "protected groups must have approval annotation \"" + APPROVED + "\"";
    String see = "see https://github.com/kubernetes/enhancements/pull/1111";
    String field = "metadata.annotations[" + APPROVED + "]";
    causes.add(
        approval.isEmpty()
            ? new ApiFailure.Cause(
                "FieldValueRequired", "Required value: " + rule + ", " + see, field)
            : new ApiFailure.Cause(
                "FieldValueInvalid",
                "Invalid value: \"%s\": %s with either a URL or a reason starting with \"unapproved\", %s"
                    .formatted(approval, rule, see),
                field));
  }

  private void need(String pointer, String field, String why) {
    JsonNode value = next.at(pointer);
    if (value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty())) {
      String message = why.isEmpty() ? "Required value" : "Required value: " + why;
      causes.add(new ApiFailure.Cause("FieldValueRequired", message, field));
    }
  }

  private void transition(Resource resource, ObjectNode old) {
    switch (resource.plural()) {
      case "persistentvolumeclaims" -> claim(old);
      case "secrets" -> {
        fixed(old, "/type", "type", "field is immutable");
        immutableData(old, "data", "stringData");
      }
      case "configmaps" -> immutableData(old, "data", "binaryData");
      case "controllerrevisions" -> fixed(old, "/data", "data", "field is immutable");
      case "jobs" -> {
        fixed(old, "/spec/selector", "spec.selector", "field is immutable");
        fixed(old, "/spec/template/spec", "spec.template", "field is immutable");
        fixed(old, "/spec/podFailurePolicy", "spec.podFailurePolicy", "field is immutable");
      }
      case "storageclasses" -> {
        fixed(old, "/provisioner", "provisioner", "field is immutable");
        fixed(old, "/parameters", "parameters", "updates to parameters are forbidden.");
      }
      case "rolebindings", "clusterrolebindings" ->
          fixed(old, "/roleRef", "roleRef", "cannot change roleRef");
      default -> {}
    }
  }

  /// A claim's spec stands, but for its size once bound and the volume that a binder fills in.
  private void claim(ObjectNode old) {
    ObjectNode before = old.path("spec").deepCopy() instanceof ObjectNode spec ? spec : next;
    ObjectNode after = next.path("spec").deepCopy() instanceof ObjectNode spec ? spec : next;
    boolean bound = !before.path("volumeName").asText().isEmpty();
    if (!bound) {
      after.remove("volumeName");
    }
    for (ObjectNode spec : List.of(before, after)) {
      spec.remove("volumeAttributesClassName");
      if (bound && spec.path("resources") instanceof ObjectNode resources) {
        resources.remove("requests");
      }
    }
    if (!Json.same(before, after)) {
      causes.add(
          new ApiFailure.Cause(
              "FieldValueForbidden",
              "Forbidden: spec is immutable after creation except resources.requests and"
                  + " volumeAttributesClassName for bound claims",
              "spec"));
    }
  }

  private void immutableData(ObjectNode old, String... fields) {
    if (!old.path("immutable").asBoolean()) {
      return;
    }
    for (String field : fields) {
      if (!Json.same(old.path(field), next.path(field))) {
        causes.add(
            new ApiFailure.Cause(
                "FieldValueForbidden",
                "Forbidden: field is immutable when `immutable` is set",
                field));
      }
    }
  }

  private void fixed(ObjectNode old, String pointer, String field, String why) {
    if (!Json.same(old.at(pointer), next.at(pointer))) {
      causes.add(
          new ApiFailure.Cause(
              "FieldValueInvalid", "Invalid value: " + next.at(pointer) + ": " + why, field));
    }
  }
}
