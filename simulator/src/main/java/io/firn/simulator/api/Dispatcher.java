package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out what an authenticated request is about, asks whether it is allowed, and has it done.
final class Dispatcher {
  private static final Reply NOBODY_IS_THERE =
      Reply.text(404, "text/plain; charset=utf-8", "404 page not found\n");

  private final Registry registry;
  private final Discovery discovery;
  private final Aggregation aggregation;
  private final Authorizer authorizer;
  private final ResourceRequests resources;
  private final OpenApi openApi;

  Dispatcher(
      Registry registry,
      Discovery discovery,
      Aggregation aggregation,
      Authorizer authorizer,
      ResourceRequests resources,
      OpenApi openApi) {
    this.registry = registry;
    this.discovery = discovery;
    this.aggregation = aggregation;
    this.authorizer = authorizer;
    this.resources = resources;
    this.openApi = openApi;
  }

  Reply handle(ApiRequest request) {
    List<String> segments =
        Stream.of(request.path().split("/")).filter(segment -> !segment.isEmpty()).toList();
    String root = segments.isEmpty() ? "" : segments.getFirst();
    if (root.equals("api") && segments.size() > 2) {
      return resource("", segments.get(1), segments.subList(2, segments.size()), request);
    }
    if (root.equals("apis") && segments.size() > 3) {
      return group(segments, request);
    }
    authorizer.checkPath(request);
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw ApiFailure.methodNotAllowed();
    }
    return information(root, segments, request).orElseGet(() -> absent(root, segments));
  }

  private Reply group(List<String> segments, ApiRequest request) {
    String group = segments.get(1);
    String version = segments.get(2);
    List<String> rest = segments.subList(3, segments.size());
    Optional<AggregatedApi> aggregated = aggregation.find(group, version);
    if (aggregated.isPresent()) {
      authorizer.check(Attributes.ofAggregated(group, version, rest, request));
      return Aggregation.forward(aggregated.get(), version, "/" + String.join("/", rest), request);
    }
    return resource(group, version, rest, request);
  }

  private Reply resource(String group, String version, List<String> rest, ApiRequest request) {
    ResourcePath path = ResourcePath.of(group, version, rest);
    authorizer.check(Attributes.of(path, request));
    if (!group.isEmpty() && !serves(group)) {
      return NOBODY_IS_THERE;
    }
    MediaTypes.check(request);
    Resource resource = registry.require(group, path.plural());
    Resource.Version served = resource.version(version).orElseThrow(ApiFailure::noSuchPath);
    if (!resource.namespaced() && !path.namespace().isEmpty()) {
      throw ApiFailure.noSuchPath();
    }
    Target target = new Target(resource, served, path.namespace(), path.name(), path.subresource());
    return resources.handle(target, request);
  }

  /// What is missing is told in an object only where somebody serves the group.
  private Reply absent(String root, List<String> segments) {
    if (root.equals("api") || (root.equals("apis") && serves(segments.get(1)))) {
      throw ApiFailure.noSuchPath();
    }
    return NOBODY_IS_THERE;
  }

  private boolean serves(String group) {
    return registry.all().stream().anyMatch(resource -> resource.group().equals(group));
  }

  private Optional<Reply> information(String root, List<String> segments, ApiRequest request) {
    return switch (root) {
      case "" -> Optional.of(Reply.json(200, discovery.paths()));
      case "healthz", "livez", "readyz" -> Optional.of(Reply.text(200, "text/plain", "ok"));
      default -> json(root, segments, request);
    };
  }

  private Optional<Reply> json(String root, List<String> segments, ApiRequest request) {
    return switch (root) {
      case "version" -> Optional.of(Reply.json(200, ServerVersion.json()));
      case "api" -> {
        MediaTypes.check(request);
        yield api(segments, request).map(json -> Reply.json(200, json));
      }
      case "apis" -> {
        MediaTypes.check(request);
        yield apis(segments).map(json -> Reply.json(200, json));
      }
      case "openapi" -> openApi.handle(segments);
      default -> Optional.empty();
    };
  }

  private Optional<JsonNode> api(List<String> segments, ApiRequest request) {
    return segments.size() == 1
        ? Optional.of(discovery.coreVersions(request.header("host")))
        : discovery.resources("", segments.get(1));
  }

  private Optional<JsonNode> apis(List<String> segments) {
    return switch (segments.size()) {
      case 1 -> Optional.of(discovery.groups());
      case 2 -> discovery.group(segments.get(1)).map(JsonNode.class::cast);
      default -> discovery.resources(segments.get(1), segments.get(2));
    };
  }
}
