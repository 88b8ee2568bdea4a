package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The paths of an OpenAPI document: which operations a resource has, and which parameters they
/// take. kubectl looks there whether `fieldValidation` and `dryRun` are understood.
final class OpenApiPaths {
  private static final List<String> WRITE_PARAMETERS =
      List.of("dryRun", "fieldManager", "fieldValidation", "pretty");

  private OpenApiPaths() {}

  static void add(ObjectNode paths, Target target, String root) {
    Resource resource = target.resource();
    String collection =
        "/" + root + (resource.namespaced() ? "/namespaces/{namespace}/" : "/") + resource.plural();
    ObjectNode many = paths.putObject(collection);
    operation(many, "get", "list", target, List.of("labelSelector", "fieldSelector", "limit"));
    operation(many, "post", "post", target, WRITE_PARAMETERS);
    if (Verbs.of(resource).contains("get")) {
      ObjectNode one = paths.putObject(collection + "/{name}");
      operation(one, "get", "get", target, List.of("pretty"));
      operation(one, "put", "put", target, WRITE_PARAMETERS);
      operation(one, "delete", "delete", target, List.of("dryRun", "propagationPolicy"));
      operation(one, "patch", "patch", target, WRITE_PARAMETERS);
    }
  }

  private static void operation(
      ObjectNode path, String method, String action, Target target, List<String> parameters) {
    ObjectNode operation = path.putObject(method);
    operation.put("x-kubernetes-action", action);
    operation.set("x-kubernetes-group-version-kind", kind(target));
    for (String parameter : parameters) {
      operation
          .withArray("parameters")
          .addObject()
          .put("name", parameter)
          .put("in", "query")
          .putObject("schema")
          .put("type", "string");
    }
    ObjectNode content = operation.putObject("responses").putObject("200").put("description", "OK");
    content
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + schemaName(target));
  }

  static ObjectNode kind(Target target) {
    return Json.object()
        .put("group", target.resource().group())
        .put("kind", target.resource().kind())
        .put("version", target.version().name());
  }

  static String schemaName(Target target) {
    String group = target.resource().group();
    String prefix = group.isEmpty() ? "core" : group;
    return prefix + "." + target.version().name() + "." + target.resource().kind();
  }
}
