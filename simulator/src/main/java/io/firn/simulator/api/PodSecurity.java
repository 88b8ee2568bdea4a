package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// PodSecurity admission: pods must keep to the level that their namespace enforces; of what breaks
/// another level clients are warned, and of templates of pods always only that.
final class PodSecurity {
  private static final ResourceId PODS = new ResourceId("", "pods");
  private static final Set<ResourceId> TEMPLATES =
      Set.of(
          new ResourceId("", "podtemplates"),
          new ResourceId("", "replicationcontrollers"),
          new ResourceId("apps", "replicasets"),
          new ResourceId("apps", "deployments"),
          new ResourceId("apps", "statefulsets"),
          new ResourceId("apps", "daemonsets"),
          new ResourceId("batch", "jobs"),
          new ResourceId("batch", "cronjobs"));

  private final Store store;

  PodSecurity(Store store) {
    this.store = store;
  }

  /// For a new object, or for one whose pods may have changed.
  void check(Target target, ObjectNode object, WriteOptions options) {
    ResourceId resource = target.resource().id();
    if (resource.equals(NamespaceRules.NAMESPACES)) {
      labels(target, object);
    } else if (resource.equals(PODS)) {
      enforce(target, object, options);
    } else if (TEMPLATES.contains(resource)) {
      policy(target).ifPresent(policy -> warn(policy, template(object), options));
    }
  }

  private static void labels(Target target, ObjectNode namespace) {
    List<ApiFailure.Cause> problems = PodSecurityPolicy.problems(namespace);
    if (!problems.isEmpty()) {
      throw ApiFailure.invalid(target.resource(), target.name(), problems);
    }
  }

  private void enforce(Target target, ObjectNode pod, WriteOptions options) {
    Optional<PodSecurityPolicy> policy = policy(target);
    if (policy.isEmpty()) {
      return;
    }
    PodSecurityPolicy.Grade enforced = policy.get().enforce();
    String violations = PodSecurityChecks.violations(enforced.level(), pod.path("spec"));
    if (!violations.isEmpty()) {
      throw ApiFailure.forbidden(
          PODS, target.name(), "violates PodSecurity \"%s\": %s".formatted(enforced, violations));
    }
    warn(policy.get(), pod.path("spec"), options);
  }

  private static void warn(PodSecurityPolicy policy, JsonNode spec, WriteOptions options) {
    String violations = PodSecurityChecks.violations(policy.warn().level(), spec);
    if (!violations.isEmpty()) {
      options
          .warnings()
          .add("would violate PodSecurity \"%s\": %s".formatted(policy.warn(), violations));
    }
  }

  private static JsonNode template(ObjectNode object) {
    for (String path : List.of("/spec/jobTemplate/spec/template/spec", "/template/spec")) {
      if (!object.at(path).isMissingNode()) {
        return object.at(path);
      }
    }
    return object.at("/spec/template/spec");
  }

  private Optional<PodSecurityPolicy> policy(Target target) {
    return store
        .find(new ObjectKey(NamespaceRules.NAMESPACES, "", target.namespace()))
        .map(PodSecurityPolicy::of);
  }
}
