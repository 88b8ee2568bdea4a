package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Requests whose errors are already [io.firn.cluster.ClusterException]s.
///
/// Thread-safe.
final class Api {
  private final Transport transport;
  private final ApiErrors errors;

  Api(Transport transport, ApiErrors errors) {
    this.transport = transport;
    this.errors = errors;
  }

  ApiErrors errors() {
    return errors;
  }

  /// Whatever the server answers.
  ApiResponse exchange(ApiRequest request, Operation op) {
    try {
      return transport.send(request);
    } catch (IOException failure) {
      throw errors.unreachable(failure, op);
    }
  }

  /// The same for a caller who has to know how it failed.
  ApiResponse send(ApiRequest request) throws IOException {
    return transport.send(request);
  }

  /// The object that the server answers with; every error answer throws.
  ObjectNode object(ApiRequest request, Operation op) {
    ApiResponse response = exchange(request, op);
    if (!response.successful()) {
      throw errors.of(response, op);
    }
    return tree(response, op);
  }

  /// Empty on 404.
  Optional<ObjectNode> find(ApiRequest request, Operation op) {
    ApiResponse response = exchange(request, op);
    if (response.status() == 404) {
      return Optional.empty();
    }
    if (!response.successful()) {
      throw errors.of(response, op);
    }
    return Optional.of(tree(response, op));
  }

  /// A watch; empty where it cannot be opened, and the caller looks again instead.
  Optional<WatchStream> watch(String path, Duration atMost) {
    try {
      return Optional.of(transport.watch(path, atMost));
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  ObjectNode tree(ApiResponse response, Operation op) {
    if (Json.parseOrEmpty(response.body()) instanceof ObjectNode object && !object.isEmpty()) {
      return object;
    }
    throw errors.of(new ApiResponse(502, response.body(), Optional.empty(), 1), op);
  }
}
