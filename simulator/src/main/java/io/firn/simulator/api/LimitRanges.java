package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// LimitRanger admission: containers get the defaults of their namespace; containers, pods and
/// claims must keep to its bounds (`plugin/pkg/admission/limitranger`).
final class LimitRanges {
  private static final ResourceId RANGES = new ResourceId("", "limitranges");
  private static final ResourceId PODS = new ResourceId("", "pods");
  private static final ResourceId CLAIMS = new ResourceId("", "persistentvolumeclaims");
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";

  private final Store store;

  LimitRanges(Store store) {
    this.store = store;
  }

  /// Fills in what a new pod's containers leave open.
  void complete(Target target, ObjectNode object) {
    if (!target.resource().id().equals(PODS)) {
      return;
    }
    for (JsonNode range : store.list(RANGES, target.namespace()).items()) {
      List<String> set = new ArrayList<>();
      for (JsonNode container : object.path("spec").path("containers")) {
        complete((ObjectNode) container, "container", range, set);
      }
      for (JsonNode container : object.path("spec").path("initContainers")) {
        complete((ObjectNode) container, "init container", range, set);
      }
      if (!set.isEmpty()) {
        Json.child(Meta.writable(object), "annotations")
            .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", set));
      }
    }
  }

  /// What was set is told requests first.
  private static void complete(
      ObjectNode container, String what, JsonNode range, List<String> set) {
    complete(container, "requests", "defaultRequest", range)
        .ifPresent(names -> set.add(told(names, "request", what, container)));
    complete(container, "limits", "default", range)
        .ifPresent(names -> set.add(told(names, "limit", what, container)));
  }

  private static String told(String names, String sort, String what, ObjectNode container) {
    return "%s %s for %s %s".formatted(names, sort, what, container.path("name").asText());
  }

  private static Optional<String> complete(
      ObjectNode container, String sort, String defaults, JsonNode range) {
    ObjectNode resources = Json.child(container, "resources");
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode limit : range.path("spec").path("limits")) {
      if (limit.path("type").asText().equals("Container")) {
        for (var value : limit.path(defaults).properties()) {
          if (!resources.path(sort).has(value.getKey())) {
            Json.child(resources, sort).set(value.getKey(), value.getValue());
            names.add(value.getKey());
          }
        }
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }

  /// Refuses a new pod or claim that is out of bounds.
  void check(Target target, ObjectNode object) {
    ResourceId id = target.resource().id();
    if (!id.equals(PODS) && !id.equals(CLAIMS)) {
      return;
    }
    for (JsonNode range : store.list(RANGES, target.namespace()).items()) {
      List<String> errors = new ArrayList<>();
      for (JsonNode limit : range.path("spec").path("limits")) {
        String type = limit.path("type").asText();
        if (id.equals(CLAIMS) && type.equals("PersistentVolumeClaim")) {
          claim(limit, object.path("spec").path("resources").path("requests"), errors);
        } else if (id.equals(PODS) && type.equals("Container")) {
          PodUsage.containers(object)
              .forEach(c -> container(type, limit, c.path("resources"), errors));
        } else if (id.equals(PODS) && type.equals("Pod")) {
          container(type, limit, PodUsage.resources(object), errors);
        }
      }
      if (!errors.isEmpty()) {
        String text =
            errors.size() == 1 ? errors.getFirst() : "[" + String.join(", ", errors) + "]";
        throw ApiFailure.forbidden(id, target.name(), text);
      }
    }
  }

  private static void claim(JsonNode limit, JsonNode requests, List<String> errors) {
    for (var bound : limit.path("min").properties()) {
      least("PersistentVolumeClaim", bound, requests, Json.object(), errors);
    }
    for (var bound : limit.path("max").properties()) {
      String prefix = prefix("maximum", "PersistentVolumeClaim", bound);
      JsonNode request = requests.path(bound.getKey());
      if (request.isMissingNode()) {
        errors.add(prefix + ".  No request is specified");
      } else if (beyond(request, bound.getValue())) {
        errors.add(prefix + ", but request is " + request.asText());
      }
    }
  }

  private static void container(
      String type, JsonNode limit, JsonNode resources, List<String> errors) {
    JsonNode requests = resources.path("requests");
    JsonNode limits = resources.path("limits");
    for (var bound : limit.path("min").properties()) {
      least(type, bound, requests, limits, errors);
    }
    for (var bound : limit.path("max").properties()) {
      most(type, bound, requests, limits, errors);
    }
    for (var bound : limit.path("maxLimitRequestRatio").properties()) {
      ratio(type, bound, requests, limits, errors);
    }
  }

  private static void least(
      String type,
      Map.Entry<String, JsonNode> bound,
      JsonNode requests,
      JsonNode limits,
      List<String> errors) {
    String prefix = prefix("minimum", type, bound);
    JsonNode request = requests.path(bound.getKey());
    JsonNode limit = limits.path(bound.getKey());
    if (request.isMissingNode()) {
      errors.add(prefix + ".  No request is specified");
    } else if (beyond(bound.getValue(), request)) {
      errors.add(prefix + ", but request is " + request.asText());
    } else if (!limit.isMissingNode() && beyond(bound.getValue(), limit)) {
      errors.add(prefix + ", but limit is " + limit.asText());
    }
  }

  private static void most(
      String type,
      Map.Entry<String, JsonNode> bound,
      JsonNode requests,
      JsonNode limits,
      List<String> errors) {
    String prefix = prefix("maximum", type, bound);
    JsonNode request = requests.path(bound.getKey());
    JsonNode limit = limits.path(bound.getKey());
    if (limit.isMissingNode()) {
      errors.add(prefix + ".  No limit is specified");
    } else if (beyond(limit, bound.getValue())) {
      errors.add(prefix + ", but limit is " + limit.asText());
    } else if (!request.isMissingNode() && beyond(request, bound.getValue())) {
      errors.add(prefix + ", but request is " + request.asText());
    }
  }

  private static void ratio(
      String type,
      Map.Entry<String, JsonNode> bound,
      JsonNode requests,
      JsonNode limits,
      List<String> errors) {
    String prefix =
        "%s max limit to request ratio per %s is %s"
            .formatted(bound.getKey(), type, bound.getValue().asText());
    double request = value(requests.path(bound.getKey())).doubleValue();
    double limit = value(limits.path(bound.getKey())).doubleValue();
    if (request == 0) {
      errors.add(prefix + ", but no request is specified or request is 0");
    } else if (limit == 0) {
      errors.add(prefix + ", but no limit is specified or limit is 0");
    } else if (limit / request > value(bound.getValue()).doubleValue()) {
      errors.add("%s, but provided ratio is %f".formatted(prefix, limit / request));
    }
  }

  private static String prefix(String what, String type, Map.Entry<String, JsonNode> bound) {
    return "%s %s usage per %s is %s"
        .formatted(what, bound.getKey(), type, bound.getValue().asText());
  }

  private static boolean beyond(JsonNode amount, JsonNode bound) {
    return value(amount).compareTo(value(bound)) > 0;
  }

  private static BigDecimal value(JsonNode quantity) {
    return Quantity.parse(quantity.asText("0"));
  }
}
