package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Carries out requests for stored resources, by method, and passes the special subresources and
/// reviews on to those who know them.
final class ResourceRequests {
  private final Reads reads;
  private final Writes writes;
  private final Deletions deletions;
  private final Watches watches;
  private final Rendering rendering;
  private final Subresources subresources;
  private final Bootstrap bootstrap;

  ResourceRequests(
      Reads reads,
      Writes writes,
      Deletions deletions,
      Watches watches,
      Rendering rendering,
      Subresources subresources,
      Bootstrap bootstrap) {
    this.reads = reads;
    this.writes = writes;
    this.deletions = deletions;
    this.watches = watches;
    this.rendering = rendering;
    this.subresources = subresources;
    this.bootstrap = bootstrap;
  }

  Reply handle(Target target, ApiRequest request) {
    if (Verbs.isReview(target.resource()) || target.resource().plural().equals("bindings")) {
      return subresources.virtual(target, request);
    }
    return switch (target.subresource()) {
      case "" -> target.name().isEmpty() ? collection(target, request) : object(target, request);
      case "status", "finalize" -> part(target, request);
      default -> subresources.handle(target, request);
    };
  }

  private Reply collection(Target target, ApiRequest request) {
    return switch (request.method()) {
      case "GET" ->
          request.query().flag("watch")
              ? watches.watch(target, request)
              : Reply.json(200, reads.list(target, request));
      case "POST" -> {
        if (target.resource().namespaced() && target.namespace().isEmpty()) {
          throw ApiFailure.methodNotAllowed();
        }
        WriteOptions options = WriteOptions.of(request);
        ObjectNode made = writes.create(target, request.object(), options);
        yield written(201, target, made, options, request);
      }
      case "DELETE" -> Reply.json(200, deleteAll(target, request));
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Reply object(Target target, ApiRequest request) {
    return switch (request.method()) {
      case "GET" ->
          request.query().flag("watch")
              ? watches.watch(target, request)
              : Reply.json(200, reads.get(target, request));
      case "PUT", "PATCH" -> write(target, request);
      case "DELETE" -> delete(target, request);
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Reply part(Target target, ApiRequest request) {
    if (!target.version().has(target.subresource())) {
      throw ApiFailure.noSuchPath();
    }
    return switch (request.method()) {
      case "GET" -> Reply.json(200, reads.get(target, request));
      case "PUT", "PATCH" -> write(target, request);
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Reply write(Target target, ApiRequest request) {
    WriteOptions options = WriteOptions.of(request);
    if (request.method().equals("PUT")) {
      ObjectNode stored = writes.update(target, request.object(), options);
      return written(200, target, stored, options, request);
    }
    Writes.Patched patched = writes.patch(target, Patch.of(target, request), options);
    return written(patched.created() ? 201 : 200, target, patched.object(), options, request);
  }

  private Reply written(
      int status, Target target, ObjectNode stored, WriteOptions options, ApiRequest request) {
    if (target.resource().id().equals(NamespaceRules.NAMESPACES) && !options.dryRun()) {
      bootstrap.furnish(stored);
    }
    JsonNode shown = rendering.one(target, Versions.as(target, stored), Accepted.of(request));
    return Reply.json(status, shown, options.warnings());
  }

  /// An object that is gone is answered by a Status, one that lingers by itself.
  private Reply delete(Target target, ApiRequest request) {
    Deletions.Outcome outcome = deletions.delete(target, DeleteOptions.of(request));
    if (!outcome.gone() || returnsObject(target)) {
      return Reply.json(200, Versions.as(target, outcome.object()));
    }
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", target.name());
    if (!target.resource().group().isEmpty()) {
      details.put("group", target.resource().group());
    }
    details.put("kind", target.resource().plural()).put("uid", Meta.uid(outcome.object()));
    return Reply.json(200, status);
  }

  private static boolean returnsObject(Target target) {
    return switch (target.resource().plural()) {
      case "pods",
          "persistentvolumeclaims",
          "persistentvolumes",
          "serviceaccounts",
          "services",
          "resourcequotas",
          "podtemplates",
          "storageclasses",
          "volumeattachments",
          "csidrivers" ->
          !target.resource().custom();
      default -> false;
    };
  }

  private JsonNode deleteAll(Target target, ApiRequest request) {
    DeleteOptions options = DeleteOptions.of(request);
    Store.Snapshot chosen = reads.select(Selection.of(target, request.query()));
    ArrayNode deleted = Json.array();
    for (ObjectNode object : chosen.items()) {
      Target one =
          new Target(
              target.resource(), target.version(), Meta.namespace(object), Meta.name(object), "");
      try {
        deleted.add(Versions.as(target, deletions.delete(one, options).object()));
      } catch (ApiFailure failure) {
        if (failure.code() != 404) {
          throw failure;
        }
        // Somebody else deleted it meanwhile: what was wanted is so.
      }
    }
    ObjectNode meta = Json.object().put("resourceVersion", Long.toString(chosen.revision()));
    return Reads.listOf(target.apiVersion(), target.resource().listKind(), meta, deleted);
  }
}
