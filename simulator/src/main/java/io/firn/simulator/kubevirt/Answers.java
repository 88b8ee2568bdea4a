package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AggregatedApi.Response;
import io.firn.simulator.client.Fields;

/// Answers of the subresources, with virt-api's codes and words.
final class Answers {
  private static final String JSON = "application/json";

  private Answers() {}

  /// An answer that ends the handling of a request.
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Response response;

    Refusal(Response response) {
      super(response.body());
      this.response = response;
    }

    Response response() {
      return response;
    }
  }

  /// Done on the node: virt-api passes neither status nor body of the node's agent on.
  static Response done() {
    return new Response(200, "", "");
  }

  /// Noted in the machine.
  static Response accepted() {
    return new Response(202, "", "");
  }

  static Response json(JsonNode body) {
    return new Response(200, JSON, body.toString());
  }

  static Response status(int code, String reason, String message) {
    ObjectNode status = Fields.newObject();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message);
    status.put("reason", reason).put("code", code);
    return new Response(code, JSON, status.toString());
  }

  static Refusal notFound(String resource, String name) {
    return new Refusal(status(404, "NotFound", notFoundText(resource, name)));
  }

  static Refusal conflict(String resource, String name, String why) {
    return new Refusal(status(409, "Conflict", conflictText(resource, name, why)));
  }

  /// A failure of the node agent as virt-api passes it on: always 500, the agent's 400 in the text.
  static Refusal nodeFailure(String text) {
    return new Refusal(
        status(
            500,
            "InternalError",
            "Internal error occurred: unexpected return code 400 (400 Bad Request), message: "
                + text));
  }

  static Response text(int code, String text) {
    return new Response(code, "text/plain; charset=utf-8", text);
  }

  /// A read that cannot be made: virt-api answers each with 500 and the bare text, also where the
  /// instance is absent or does not run.
  static Refusal unreadable(String text) {
    return new Refusal(text(500, text));
  }

  static String notFoundText(String resource, String name) {
    return resource + ".kubevirt.io \"" + name + "\" not found";
  }

  static String conflictText(String resource, String name, String why) {
    return "Operation cannot be fulfilled on %s.kubevirt.io \"%s\": %s"
        .formatted(resource, name, why);
  }
}
