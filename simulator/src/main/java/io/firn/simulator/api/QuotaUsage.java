package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What one object counts for, by the names that quotas use. Stateless.
final class QuotaUsage {
  static final ResourceId PODS = new ResourceId("", "pods");
  private static final ResourceId CLAIMS = new ResourceId("", "persistentvolumeclaims");
  private static final String OF_CLASS = ".storageclass.storage.k8s.io/";

  private QuotaUsage() {}

  static Map<String, BigDecimal> of(ResourceId resource, JsonNode object) {
    Map<String, BigDecimal> usage = new LinkedHashMap<>();
    usage.put("count/" + resource, BigDecimal.ONE);
    if (resource.equals(PODS)) {
      pod(object, usage);
    } else if (resource.group().isEmpty()) {
      usage.put(resource.plural(), BigDecimal.ONE);
    }
    if (resource.equals(CLAIMS)) {
      claim(object.path("spec"), usage);
    }
    return usage;
  }

  /// A pod that is over is an object still, and uses nothing.
  private static void pod(JsonNode pod, Map<String, BigDecimal> usage) {
    if (Set.of("Succeeded", "Failed").contains(pod.path("status").path("phase").asText())) {
      return;
    }
    usage.put("pods", BigDecimal.ONE);
    PodUsage.sums(pod, "requests")
        .forEach((name, amount) -> {
          usage.put("requests." + name, amount);
          usage.put(name, amount);
        });
    PodUsage.sums(pod, "limits").forEach((name, amount) -> usage.put("limits." + name, amount));
  }

  private static void claim(JsonNode spec, Map<String, BigDecimal> usage) {
    BigDecimal storage = Quantity.parse(spec.at("/resources/requests/storage").asText("0"));
    usage.put("requests.storage", storage);
    String storageClass = spec.path("storageClassName").asText();
    if (!storageClass.isEmpty()) {
      usage.put(storageClass + OF_CLASS + "requests.storage", storage);
      usage.put(storageClass + OF_CLASS + CLAIMS.plural(), BigDecimal.ONE);
    }
  }

  /// Which objects a quota of that name counts.
  static ResourceId counted(String what) {
    if (what.startsWith("count/")) {
      String resource = what.substring("count/".length());
      int dot = resource.indexOf('.');
      return dot < 0
          ? new ResourceId("", resource)
          : new ResourceId(resource.substring(dot + 1), resource.substring(0, dot));
    }
    if (what.equals("requests.storage") || what.contains(OF_CLASS)) {
      return CLAIMS;
    }
    boolean ofPods =
        what.contains(".") || Set.of("pods", "cpu", "memory", "ephemeral-storage").contains(what);
    return ofPods ? PODS : new ResourceId("", what);
  }

  /// A quota with scopes counts pods alone, and only those that are in all of them.
  static boolean covers(JsonNode quota, ResourceId resource, JsonNode object) {
    JsonNode spec = quota.path("spec");
    boolean scoped =
        !spec.path("scopes").isEmpty() || !spec.at("/scopeSelector/matchExpressions").isEmpty();
    if (!scoped) {
      return true;
    }
    return resource.equals(PODS)
        && Json.strings(spec.path("scopes")).stream().allMatch(scope -> isIn(scope, object))
        && Json.elements(spec.at("/scopeSelector/matchExpressions"))
            .allMatch(expression -> matches(expression, object));
  }

  private static boolean isIn(String scope, JsonNode pod) {
    boolean terminating = pod.path("spec").hasNonNull("activeDeadlineSeconds");
    boolean bestEffort = QosClass.of(pod.path("spec")).equals("BestEffort");
    return switch (scope) {
      case "Terminating" -> terminating;
      case "NotTerminating" -> !terminating;
      case "BestEffort" -> bestEffort;
      case "NotBestEffort" -> !bestEffort;
      case "PriorityClass" -> pod.path("spec").hasNonNull("priorityClassName");
      default -> false;
    };
  }

  private static boolean matches(JsonNode expression, JsonNode pod) {
    String scope = expression.path("scopeName").asText();
    if (!scope.equals("PriorityClass")) {
      return isIn(scope, pod);
    }
    String priority = pod.path("spec").path("priorityClassName").asText();
    boolean named = Json.strings(expression.path("values")).contains(priority);
    return switch (expression.path("operator").asText()) {
      case "In" -> named;
      case "NotIn" -> !named;
      case "Exists" -> !priority.isEmpty();
      case "DoesNotExist" -> priority.isEmpty();
      default -> false;
    };
  }
}
