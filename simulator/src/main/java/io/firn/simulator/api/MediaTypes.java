package io.firn.simulator.api;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What form of body the server takes and gives: JSON both ways, protobuf on the way in, plain text
/// for logs. Whoever accepts none of it is answered 406, whoever sends something else 415, as by a
/// real server, which speaks YAML and protobuf beside.
final class MediaTypes {
  private static final Set<String> TAKEN = Set.of("application/json", Protobuf.MEDIA_TYPE);

  private MediaTypes() {}

  /// Looks at `Accept` and at the type of a body. Patches have types of their own ([Patch]).
  static void check(ApiRequest request) {
    requireAcceptable(request);
    String sent = request.contentType();
    boolean patch = request.method().equals("PATCH");
    if (!request.body().isEmpty() && !patch && !sent.isEmpty() && !TAKEN.contains(sent)) {
      throw ApiFailure.unsupportedMediaType(String.join(", ", TAKEN.stream().sorted().toList()));
    }
  }

  private static void requireAcceptable(ApiRequest request) {
    String accept = request.header("accept");
    List<String> given =
        request.path().endsWith("/log")
            ? List.of("application/json", "text/plain")
            : List.of("application/json");
    boolean acceptable =
        accept.isBlank()
            || Stream.of(accept.split(","))
                .map(clause -> clause.split(";", 2)[0].strip())
                .anyMatch(type -> type.equals("*/*") || given.contains(type));
    if (!acceptable) {
      throw ApiFailure.of(
          406,
          "NotAcceptable",
          "only the following media types are accepted: " + String.join(", ", given));
    }
  }
}
