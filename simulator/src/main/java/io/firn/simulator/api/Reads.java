package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Gets and lists, in the form that the client accepts.
///
/// Thread-safe.
final class Reads {
  private final Store store;
  private final Pages pages = new Pages();
  private final Rendering rendering;

  Reads(Store store, Rendering rendering) {
    this.store = store;
    this.rendering = rendering;
  }

  ObjectNode require(Target target) {
    return store
        .find(target.key())
        .map(object -> Versions.as(target, object))
        .orElseThrow(() -> ApiFailure.notFound(target.resource().id(), target.name()));
  }

  JsonNode get(Target target, ApiRequest request) {
    return rendering.one(target, require(target), Accepted.of(request));
  }

  JsonNode list(Target target, ApiRequest request) {
    Query query = request.query();
    ListOptions.check(query);
    Pages.Page page = page(target, query);
    Accepted accepted = Accepted.of(request);
    ObjectNode meta = Json.object().put("resourceVersion", Long.toString(page.revision()));
    page.next()
        .ifPresent(token -> {
          meta.put("continue", token);
          if (query.get("labelSelector").isEmpty() && query.get("fieldSelector").isEmpty()) {
            meta.put("remainingItemCount", page.remaining());
          }
        });
    List<ObjectNode> items =
        page.items().stream().map(object -> Versions.as(target, object)).toList();
    return rendering.list(target, items, meta, accepted);
  }

  private Pages.Page page(Target target, Query query) {
    int limit = Math.toIntExact(Math.min(query.number("limit").orElse(0), Integer.MAX_VALUE));
    if (query.has("continue") && !query.get("continue").isEmpty()) {
      return pages.resume(query.get("continue"), limit);
    }
    checkRevision(query);
    return pages.first(select(Selection.of(target, query)), limit);
  }

  /// What a selection holds now.
  Store.Snapshot select(Selection selection) {
    Target target = selection.target();
    Store.Snapshot all = store.list(target.resource().id(), target.namespace());
    return new Store.Snapshot(all.items().stream().filter(selection).toList(), all.revision());
  }

  /// Lists are always of the latest revision. One that is not there yet is refused; an exact older
  /// one cannot be shown any more.
  private void checkRevision(Query query) {
    long asked = query.number("resourceVersion").orElse(0);
    long present = store.revision();
    if (asked > present) {
      throw ApiFailure.of(
          504,
          "Timeout",
          "Timeout: Too large resource version: %d, current: %d".formatted(asked, present));
    }
    if (query.get("resourceVersionMatch").equals("Exact") && asked != present && asked != 0) {
      throw ApiFailure.expired("The resourceVersion for the provided list is too old.");
    }
  }

  /// A list object of the usual form.
  static ObjectNode listOf(String apiVersion, String kind, ObjectNode meta, ArrayNode items) {
    ObjectNode list = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    list.set("metadata", meta);
    list.set("items", items);
    return list;
  }
}
