package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;

/// The `scale` subresource: replicas of an object, wherever its type keeps them.
final class Scales {
  private static final Resource.ScalePaths BUILTIN =
      new Resource.ScalePaths(".spec.replicas", ".status.replicas", "");

  private final Reads reads;
  private final Writes writes;
  private final InstantSource clock;

  Scales(Reads reads, Writes writes, InstantSource clock) {
    this.reads = reads;
    this.writes = writes;
    this.clock = clock;
  }

  Reply handle(Target target, ApiRequest request) {
    Target whole = target.sub("");
    ObjectNode object = reads.require(whole);
    WriteOptions options = WriteOptions.of(request);
    return switch (request.method()) {
      case "GET" -> Reply.json(200, scale(target, object));
      case "PUT" -> set(whole, request.object(), options);
      case "PATCH" -> {
        Patch patch = Patch.of(target, request);
        ObjectNode scale = scale(target, object).deepCopy();
        yield set(whole, patch.applyTo(target, scale, options, clock.instant()), options);
      }
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Reply set(Target whole, ObjectNode scale, WriteOptions options) {
    ObjectNode change = Json.object();
    String revision = Meta.of(scale).path("resourceVersion").asText();
    if (!revision.isEmpty()) {
      Meta.writable(change).put("resourceVersion", revision);
    }
    String[] steps = paths(whole).spec().substring(1).split("\\.");
    ObjectNode parent = change;
    for (int i = 0; i < steps.length - 1; i++) {
      parent = Json.child(parent, steps[i]);
    }
    parent.put(steps[steps.length - 1], scale.at("/spec/replicas").asInt());
    ObjectNode stored = writes.patch(whole, new Patch.Merge(change), options).object();
    return Reply.json(200, scale(whole, stored));
  }

  private static Resource.ScalePaths paths(Target target) {
    return target.version().scale().orElse(BUILTIN);
  }

  private static ObjectNode scale(Target target, ObjectNode object) {
    Resource.ScalePaths paths = paths(target);
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode meta = scale.putObject("metadata");
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      if (Meta.of(object).has(field)) {
        meta.set(field, Meta.of(object).get(field));
      }
    }
    scale.putObject("spec").put("replicas", number(object, paths.spec()));
    ObjectNode status = scale.putObject("status").put("replicas", number(object, paths.status()));
    String selector = selector(object, paths);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  private static int number(JsonNode object, String path) {
    return object.at(path.replace('.', '/')).asInt();
  }

  private static String selector(JsonNode object, Resource.ScalePaths paths) {
    return paths.selector().isEmpty() ? "" : object.at(paths.selector().replace('.', '/')).asText();
  }
}
