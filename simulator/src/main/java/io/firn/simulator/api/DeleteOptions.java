package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/// How an object is to be deleted. `uid` and `revision` are preconditions, "" where there is none.
record DeleteOptions(
    WriteOptions write,
    Propagation propagation,
    OptionalLong graceSeconds,
    String uid,
    String revision) {

  /// What becomes of the objects that the deleted one owns.
  enum Propagation {
    /// They go after it.
    BACKGROUND,
    /// They go first.
    FOREGROUND,
    /// They stay, without their owner.
    ORPHAN
  }

  static DeleteOptions system(Propagation propagation) {
    return new DeleteOptions(WriteOptions.system(), propagation, OptionalLong.empty(), "", "");
  }

  DeleteOptions onlyUid(String expected) {
    return new DeleteOptions(write, propagation, graceSeconds, expected, revision);
  }

  DeleteOptions onlyRevision(String expected) {
    return new DeleteOptions(write, propagation, graceSeconds, uid, expected);
  }

  /// Options from the body, and where that is silent from the query.
  static DeleteOptions of(ApiRequest request) {
    return of(request, request.body().isEmpty() ? Json.object() : request.json());
  }

  /// The same, where the options are only a part of the body.
  static DeleteOptions of(ApiRequest request, JsonNode body) {
    WriteOptions write = WriteOptions.of(request);
    if (!body.path("dryRun").isEmpty()) {
      write = write.dry();
    }
    JsonNode grace = body.path("gracePeriodSeconds");
    JsonNode preconditions = body.path("preconditions");
    return new DeleteOptions(
        write,
        propagation(body, request.query()),
        grace.isNumber()
            ? OptionalLong.of(grace.asLong())
            : request.query().number("gracePeriodSeconds"),
        preconditions.path("uid").asText(),
        preconditions.path("resourceVersion").asText());
  }

  private static Propagation propagation(JsonNode body, Query query) {
    String stated = body.path("propagationPolicy").asText(query.get("propagationPolicy"));
    if (body.path("orphanDependents").asBoolean() || query.flag("orphanDependents")) {
      return Propagation.ORPHAN;
    }
    return switch (stated) {
      case "", "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default ->
          throw ApiFailure.of(
              422,
              "Invalid",
              "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \""
                  + stated
                  + "\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
    };
  }
}
