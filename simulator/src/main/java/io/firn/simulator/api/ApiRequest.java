package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request as it came in. Header names are in lower case.
record ApiRequest(
    String method, String path, Query query, Map<String, String> headers, String body, User user) {

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// The media type of the body, without parameters.
  String contentType() {
    String type = header("content-type");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip();
  }

  JsonNode json() {
    try {
      return Json.parse(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw ApiFailure.badRequest("the object provided is unrecognized: " + e.getMessage());
    }
  }

  ObjectNode object() {
    if (json() instanceof ObjectNode object) {
      return object;
    }
    throw ApiFailure.badRequest("the object provided is unrecognized (must be of type object)");
  }

  ApiRequest as(User authenticated) {
    return new ApiRequest(method, path, query, headers, body, authenticated);
  }
}
