package io.firn.cli.options;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads `--mover-template`: a PodTemplate, or its `template` alone (metadata and spec). Stateless.
final class MoverTemplateFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String NEXT =
      "Give a PodTemplate, or metadata and spec of a pod, as YAML or JSON (docs/movers.md).";

  private MoverTemplateFile() {}

  /// Metadata and spec. A [io.firn.failure.FirnException] with `USAGE` says what is wrong.
  static ObjectNode read(Path file) {
    ObjectNode root = tree(file);
    String kind = root.path("kind").asText("");
    return switch (kind) {
      case "PodTemplate" -> template(file, root);
      case "", "Pod" -> {
        ObjectNode pod = root.deepCopy();
        pod.remove("kind");
        pod.remove("apiVersion");
        yield pod;
      }
      default -> throw UsageFailure.of(file + " holds a " + kind + ", not a PodTemplate", NEXT);
    };
  }

  /// What stands beside the template names the PodTemplate itself and says nothing of movers.
  private static ObjectNode template(Path file, ObjectNode root) {
    if (root.path("template") instanceof ObjectNode template) {
      return template;
    }
    throw UsageFailure.of(file + " has no template", NEXT);
  }

  private static ObjectNode tree(Path file) {
    try {
      JsonNode tree = YAML.readTree(Files.readAllBytes(file));
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw UsageFailure.of(file + " holds no object", NEXT);
    } catch (JacksonException e) {
      throw UsageFailure.of(file + " is no YAML: " + e.getOriginalMessage(), NEXT);
    } catch (IOException e) {
      throw UsageFailure.of(file + " cannot be read: " + e.getMessage(), NEXT);
    }
  }
}
