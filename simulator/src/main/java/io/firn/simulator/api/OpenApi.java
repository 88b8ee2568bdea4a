package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// The OpenAPI v3 documents, one for each group and version, that kubectl validates and explains
/// by.
final class OpenApi {
  private final Registry registry;

  OpenApi(Registry registry) {
    this.registry = registry;
  }

  /// Answers below `/openapi/v3`.
  Optional<Reply> handle(List<String> segments) {
    if (segments.size() < 2 || !segments.get(1).equals("v3")) {
      return Optional.empty();
    }
    return switch (segments.size()) {
      case 2 -> Optional.of(Reply.json(200, index()));
      case 4 -> document("", segments.get(3));
      case 5 -> document(segments.get(3), segments.get(4));
      default -> Optional.empty();
    };
  }

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (Resource resource : registry.all()) {
      for (Resource.Version version : resource.versions()) {
        String path = root(resource.group(), version.name());
        paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
      }
    }
    return index;
  }

  private static String root(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  private Optional<Reply> document(String group, String version) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (Resource resource : registry.all()) {
      if (resource.group().equals(group)) {
        resource
            .version(version)
            .ifPresent(served -> {
              Target target = new Target(resource, served, "", "", "");
              OpenApiPaths.add(paths, target, root(group, version));
              schemas.set(OpenApiPaths.schemaName(target), schema(target));
            });
      }
    }
    return paths.isEmpty() ? Optional.empty() : Optional.of(Reply.json(200, document));
  }

  private static ObjectNode schema(Target target) {
    ObjectNode schema =
        target.version().schema().map(ObjectNode::deepCopy).orElseGet(OpenApi::anything);
    schema.withArray("x-kubernetes-group-version-kind").add(OpenApiPaths.kind(target));
    return schema;
  }

  private static ObjectNode anything() {
    return Json.object().put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
  }
}
