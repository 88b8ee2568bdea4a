package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// An API group that is answered by somebody else, as kube-apiserver's aggregation layer does
/// (`subresources.kubevirt.io`).
///
/// Thread-safe.
public interface AggregatedApi {
  String apiGroup();

  /// Versions, preferred first.
  java.util.List<String> versions();

  /// The APIResourceList of a version.
  JsonNode resources(String version);

  /// Answers a request below `/apis/<group>/`.
  Response handle(Request request);

  /// `path` begins after `/apis/<group>/<version>`; `body` is "" where there is none.
  record Request(
      String method,
      String version,
      String path,
      Map<String, String> query,
      String body,
      String user) {}

  /// The answer; `contentType` "" with an empty body.
  record Response(int status, String contentType, String body) {}
}
