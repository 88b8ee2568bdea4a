package io.firn.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a template may not say, because a mover would not do its work then, or would do it unseen.
/// For one template.
public final class MoverTemplateRules {
  private static final Set<String> METADATA = Set.of("labels", "annotations");
  private static final Set<String> OWN_PATHS =
      Set.of("/firn", "/dev/firn-volume", "/dev/termination-log");
  private static final Set<String> OWN_FIELDS =
      Set.of("command", "args", "workingDir", "terminationMessagePath", "terminationMessagePolicy");

  /// By which the heap follows the memory limit.
  public static final String JAVA_OPTIONS = "FIRN_JAVA_OPTS";

  private final List<String> problems = new ArrayList<>();

  private MoverTemplateRules() {}

  /// What is wrong, each with the field that it is about and what to do; empty where all is well.
  public static List<String> problems(ObjectNode template) {
    MoverTemplateRules rules = new MoverTemplateRules();
    rules.directives("", template);
    rules.top(template);
    rules.metadata(template.path("metadata"));
    rules.spec(template.path("spec"));
    return List.copyOf(rules.problems);
  }

  private void top(ObjectNode template) {
    for (var field : template.properties()) {
      if (!Set.of("metadata", "spec").contains(field.getKey())) {
        refuse(field.getKey(), "a template has metadata and spec, as a PodTemplate's template");
      }
      if (!field.getValue().isObject()) {
        refuse(field.getKey(), "it is not an object");
      }
    }
  }

  private void metadata(JsonNode metadata) {
    for (var field : metadata.properties()) {
      if (!METADATA.contains(field.getKey())) {
        refuse("metadata." + field.getKey(), "Firn names its pods; give labels and annotations");
      }
      for (var entry : field.getValue().properties()) {
        String key = entry.getKey();
        String path = "metadata." + field.getKey() + "[" + key + "]";
        if (key.startsWith("firn.io/") || key.equals("app.kubernetes.io/managed-by")) {
          refuse(path, "by it Firn finds its own pods again");
        } else if (key.startsWith("batch.kubernetes.io/")
            || Set.of("job-name", "controller-uid").contains(key)) {
          refuse(path, "it belongs to the Job controller");
        } else if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
          refuse(path, "its value is no text; put it in quotes");
        }
      }
    }
  }

  private void spec(JsonNode spec) {
    absent(spec, "spec", "restartPolicy", "each attempt of a mover has a pod of its own");
    for (JsonNode volume : spec.path("volumes")) {
      String name = volume.path("name").asText();
      if (name.matches("v\\d+|scratch")) {
        refuse("spec.volumes[" + name + "]", "the name is one of Firn's; choose another");
      }
    }
    containers(spec.path("containers"));
    mounts("spec.initContainers", spec.path("initContainers"));
  }

  private void containers(JsonNode containers) {
    for (JsonNode container : containers) {
      String name = container.path("name").asText();
      String path = "spec.containers[" + name + "]";
      if (name.equals(MoverTemplate.CONTAINER)) {
        mover(path, container);
      } else {
        refuse(
            path,
            "a Job ends when all its containers have ended: the mover's is named "
                + MoverTemplate.CONTAINER
                + ", and what runs beside it is an initContainer with restartPolicy Always");
      }
    }
  }

  private void mover(String path, JsonNode container) {
    for (String field : OWN_FIELDS) {
      absent(container, path, field, "Firn gives its movers their orders and reads their result");
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.path("name").asText().equals(JAVA_OPTIONS)) {
        refuse(
            path + ".env[" + JAVA_OPTIONS + "]",
            "the heap follows resources.limits.memory; change that");
      }
    }
    mounts("spec.containers", container.path("volumeMounts"), "mountPath");
    mounts("spec.containers", container.path("volumeDevices"), "devicePath");
    JsonNode memory = container.path("resources").path("limits").path("memory");
    if (memory.isNull()) {
      refuse(path + ".resources.limits.memory", "the heap follows it; give more rather than none");
    } else if (!memory.isMissingNode()) {
      memory(path + ".resources.limits.memory", memory.asText());
    }
  }

  private void memory(String path, String text) {
    try {
      if (Quantity.bytes(text) < MoverTemplate.LEAST_MEMORY_BYTES) {
        refuse(path, text + " is too little for a mover; give at least 384Mi");
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      refuse(path, text + " is no quantity; write it as 1Gi");
    }
  }

  private void mounts(String path, JsonNode containers) {
    for (JsonNode container : containers) {
      mounts(path, container.path("volumeMounts"), "mountPath");
    }
  }

  private void mounts(String path, JsonNode mounts, String field) {
    for (JsonNode mount : mounts) {
      String at = mount.path(field).asText();
      if (OWN_PATHS.stream().anyMatch(own -> overlap(own, at))) {
        refuse(path + "." + field + " " + at, "the mover's own things are there");
      }
    }
  }

  private static boolean overlap(String own, String other) {
    String path = other.endsWith("/") ? other : other + "/";
    return path.startsWith(own + "/") || (own + "/").startsWith(path);
  }

  private void absent(JsonNode object, String path, String field, String why) {
    if (object.has(field)) {
      refuse(path + "." + field, why);
    }
  }

  /// The directives of a patch, such as `$patch: delete`, are none of a template's.
  private void directives(String path, JsonNode node) {
    for (var field : node.properties()) {
      if (field.getKey().startsWith("$")) {
        refuse(path + field.getKey(), "directives are not understood; null takes a field away");
      }
      directives(path + field.getKey() + ".", field.getValue());
    }
    if (node.isArray()) {
      node.forEach(element -> directives(path, element));
    }
  }

  private void refuse(String field, String why) {
    problems.add(field + ": " + why);
  }
}
