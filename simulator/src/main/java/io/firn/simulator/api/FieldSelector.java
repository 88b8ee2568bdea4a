package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// A field selector (`metadata.name=x,status.phase!=Failed`). Which fields may be selected by
/// depends on the resource, as in kube-apiserver; any other is refused.
final class FieldSelector implements Predicate<JsonNode> {
  private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");
  private static final Map<String, Set<String>> BY_PLURAL =
      Map.ofEntries(
          Map.entry(
              "pods",
              Set.of(
                  "spec.nodeName",
                  "spec.restartPolicy",
                  "spec.schedulerName",
                  "spec.serviceAccountName",
                  "spec.hostNetwork",
                  "status.phase",
                  "status.podIP",
                  "status.nominatedNodeName")),
          Map.entry(
              "events",
              Set.of(
                  "involvedObject.kind",
                  "involvedObject.namespace",
                  "involvedObject.name",
                  "involvedObject.uid",
                  "involvedObject.apiVersion",
                  "involvedObject.resourceVersion",
                  "involvedObject.fieldPath",
                  "reason",
                  "reportingComponent",
                  "source",
                  "type")),
          Map.entry("namespaces", Set.of("status.phase")),
          Map.entry("secrets", Set.of("type")),
          Map.entry("nodes", Set.of("spec.unschedulable")),
          Map.entry("jobs", Set.of("status.successful")),
          Map.entry("replicasets", Set.of("status.replicas")),
          Map.entry("services", Set.of("spec.clusterIP", "spec.type")));

  private final List<Predicate<JsonNode>> requirements;

  private FieldSelector(List<Predicate<JsonNode>> requirements) {
    this.requirements = requirements;
  }

  static FieldSelector parse(Resource resource, String text) {
    List<Predicate<JsonNode>> requirements = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        requirements.add(requirement(resource, part.strip()));
      }
    }
    return new FieldSelector(requirements);
  }

  @Override
  public boolean test(JsonNode object) {
    return requirements.stream().allMatch(requirement -> requirement.test(object));
  }

  private static Predicate<JsonNode> requirement(Resource resource, String part) {
    int equals = part.indexOf('=');
    if (equals < 1) {
      throw ApiFailure.badRequest(
          "invalid selector: '" + part + "'; can't understand '" + part + "'");
    }
    boolean negated = part.charAt(equals - 1) == '!';
    String path = part.substring(0, negated ? equals - 1 : equals).strip();
    String value = part.substring(equals + 1).replaceFirst("^=", "").strip();
    check(resource, path);
    String pointer = "/" + path.replace('.', '/');
    return object -> object.at(pointer).asText().equals(value) != negated;
  }

  private static void check(Resource resource, String path) {
    Set<String> known =
        resource.custom() ? Set.of() : BY_PLURAL.getOrDefault(resource.plural(), Set.of());
    if (!ALWAYS.contains(path) && !known.contains(path)) {
      throw ApiFailure.badRequest("field label not supported: " + path);
    }
  }
}
