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

  /// `path` begins after `/apis/<group>/<version>`; names of `headers` are in lower case; `body` is
  /// "" where there is none.
  record Request(
      String method,
      String version,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body,
      String user) {
    public Request {
      query = Map.copyOf(query);
      headers = Map.copyOf(headers);
    }

    /// A header's value, or "".
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /// The answer; `contentType` "" with an empty body.
  record Response(int status, String contentType, String body) {}
}
