package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The variables of a container, with `valueFrom` and `envFrom` looked up.
final class ContainerEnvironment {
  private final ApiClient client;
  private final ObjectNode pod;

  ContainerEnvironment(ApiClient client, ObjectNode pod) {
    this.client = client;
    this.pod = pod;
  }

  /// A variable cannot be had; the container waits with CreateContainerConfigError.
  static final class ConfigFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigFailure(String message) {
      super(message);
    }
  }

  Map<String, String> of(ObjectNode container) throws ConfigFailure {
    Map<String, String> variables = new LinkedHashMap<>();
    for (ObjectNode from : Fields.objects(container, "envFrom")) {
      String prefix = Fields.text(from, "prefix");
      boolean secret = from.has("secretRef");
      JsonNode reference = from.path(secret ? "secretRef" : "configMapRef");
      all(secret, reference).forEach((key, value) -> variables.put(prefix + key, text(value)));
    }
    for (ObjectNode variable : Fields.objects(container, "env")) {
      String name = Fields.text(variable, "name");
      if (variable.has("valueFrom")) {
        from(variable.path("valueFrom")).ifPresent(value -> variables.put(name, value));
      } else {
        variables.put(name, Fields.text(variable, "value"));
      }
    }
    return variables;
  }

  private Map<String, byte[]> all(boolean secret, JsonNode reference) throws ConfigFailure {
    ResourceType type = secret ? PodFiles.SECRET : PodFiles.CONFIG_MAP;
    String name = Fields.text(reference, "name");
    Optional<Map<String, byte[]>> content =
        PodFiles.content(client, type, Meta.namespace(pod), name);
    if (content.isEmpty() && !reference.path("optional").asBoolean()) {
      throw new ConfigFailure((secret ? "secret" : "configmap") + " \"" + name + "\" not found");
    }
    return content.orElse(Map.of());
  }

  private Optional<String> from(JsonNode source) throws ConfigFailure {
    if (source.has("fieldRef")) {
      return Optional.of(PodFields.value(pod, Fields.text(source, "fieldRef", "fieldPath")));
    }
    boolean secret = source.has("secretKeyRef");
    if (!secret && !source.has("configMapKeyRef")) {
      return Optional.empty();
    }
    JsonNode reference = source.path(secret ? "secretKeyRef" : "configMapKeyRef");
    byte[] value = all(secret, reference).get(Fields.text(reference, "key"));
    if (value == null && !reference.path("optional").asBoolean()) {
      throw new ConfigFailure(
          "couldn't find key %s in %s %s/%s"
              .formatted(
                  Fields.text(reference, "key"),
                  secret ? "Secret" : "ConfigMap",
                  Meta.namespace(pod),
                  Fields.text(reference, "name")));
    }
    return value == null ? Optional.empty() : Optional.of(text(value));
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
