package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists, page by page.
final class ObjectPages {
  private static final int PAGE = 500;
  private static final int RESTARTS = 3;

  private final Api api;

  ObjectPages(Api api) {
    this.api = api;
  }

  /// All objects; a list whose continue token has expired (410) is begun again.
  List<ObjectNode> all(ResourceKind kind, String namespace, String labelSelector) {
    String selector =
        labelSelector.isEmpty() ? "" : "&labelSelector=" + ResourcePath.encode(labelSelector);
    Operation op = operation(kind, namespace);
    for (int attempt = 1; ; attempt++) {
      Optional<List<ObjectNode>> items = pages(kind, namespace, selector, op, attempt);
      if (items.isPresent()) {
        return items.get();
      }
    }
  }

  private Optional<List<ObjectNode>> pages(
      ResourceKind kind, String namespace, String selector, Operation op, int attempt) {
    List<ObjectNode> items = new ArrayList<>();
    String token = "";
    do {
      String path =
          ResourcePath.collection(kind, namespace)
              + "?limit="
              + PAGE
              + selector
              + (token.isEmpty() ? "" : "&continue=" + ResourcePath.encode(token));
      ApiResponse response = api.exchange(ApiRequest.get(path), op);
      if (response.status() == 404) {
        return Optional.of(List.of());
      }
      if (response.status() == 410 && !token.isEmpty() && attempt < RESTARTS) {
        return Optional.empty();
      }
      if (!response.successful()) {
        throw api.errors().of(response, op);
      }
      ObjectNode page = api.tree(response, op);
      collect(page, kind, items);
      token = page.path("metadata").path("continue").asText("");
    } while (!token.isEmpty());
    return Optional.of(items);
  }

  /// One object by name, with the version to watch from.
  Found one(ResourceKind kind, String namespace, String name, Operation op) {
    String path =
        ResourcePath.collection(kind, namespace)
            + "?fieldSelector="
            + ResourcePath.encode("metadata.name=" + name);
    ObjectNode page = api.object(ApiRequest.get(path), op);
    List<ObjectNode> items = new ArrayList<>();
    collect(page, kind, items);
    return new Found(
        items.stream()
            .filter(o -> o.path("metadata").path("name").asText().equals(name))
            .findFirst(),
        page.path("metadata").path("resourceVersion").asText(""));
  }

  /// Items of a list come without kind and apiVersion for built-in kinds.
  private static void collect(ObjectNode page, ResourceKind kind, List<ObjectNode> items) {
    for (JsonNode item : page.path("items")) {
      if (item instanceof ObjectNode object) {
        if (!object.hasNonNull("kind")) {
          object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        }
        items.add(object);
      }
    }
  }

  private static Operation operation(ResourceKind kind, String namespace) {
    String where = namespace.isEmpty() ? "" : " in namespace " + namespace;
    return new Operation("list", kind.plural(), kind.apiGroup(), namespace, kind.plural() + where);
  }

  /// An object, if it is there, and the list's resource version; "" where there was no list.
  record Found(Optional<ObjectNode> object, String resourceVersion) {}
}
