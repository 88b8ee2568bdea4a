package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A request refused with a Status object, in the words of kube-apiserver
/// (`k8s.io/apimachinery/pkg/api/errors`).
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final transient ObjectNode status;

  /// One reason why an object is invalid: `field` as a path (`spec.size`), `reason` as the API
  /// names it (`FieldValueRequired`), `message` with its value.
  record Cause(String reason, String message, String field) {
    String line() {
      return field.isEmpty() ? message : field + ": " + message;
    }
  }

  private ApiFailure(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.status = status(code, reason, message, details);
  }

  private static ObjectNode status(int code, String reason, String message, ObjectNode details) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", message);
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  int code() {
    return code;
  }

  /// The Status object.
  ObjectNode status() {
    return status;
  }

  static ApiFailure of(int code, String reason, String message) {
    return new ApiFailure(code, reason, message, Json.object());
  }

  static ApiFailure about(
      int code, String reason, ResourceId resource, String name, String message) {
    return new ApiFailure(code, reason, message, details(resource, name));
  }

  private static ObjectNode details(ResourceId resource, String name) {
    ObjectNode details = Json.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    return details.put("kind", resource.plural());
  }

  static ApiFailure notFound(ResourceId resource, String name) {
    return about(404, "NotFound", resource, name, resource + " \"" + name + "\" not found");
  }

  /// The answer for a path that nothing serves.
  static ApiFailure noSuchPath() {
    return of(404, "NotFound", "the server could not find the requested resource");
  }

  static ApiFailure alreadyExists(ResourceId resource, String name) {
    return about(
        409, "AlreadyExists", resource, name, resource + " \"" + name + "\" already exists");
  }

  static ApiFailure conflict(ResourceId resource, String name, String why) {
    String message = "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why;
    return about(409, "Conflict", resource, name, message);
  }

  static ApiFailure stale(ResourceId resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static ApiFailure forbidden(ResourceId resource, String name, String why) {
    String subject = name.isEmpty() ? resource.toString() : resource + " \"" + name + "\"";
    return about(403, "Forbidden", resource, name, subject + " is forbidden: " + why);
  }

  static ApiFailure badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  static ApiFailure invalid(Resource resource, String name, List<Cause> causes) {
    ObjectNode details = Json.object();
    details.put("name", name);
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    details.put("kind", resource.kind());
    causes.forEach(cause ->
        details
            .withArray("causes")
            .addObject()
            .put("reason", cause.reason())
            .put("message", cause.message())
            .put("field", cause.field()));
    List<String> lines = causes.stream().map(Cause::line).distinct().toList();
    String text = lines.size() == 1 ? lines.getFirst() : "[" + String.join(", ", lines) + "]";
    String kind =
        resource.group().isEmpty() ? resource.kind() : resource.kind() + "." + resource.group();
    return new ApiFailure(422, "Invalid", kind + " \"" + name + "\" is invalid: " + text, details);
  }

  /// Options of a request (`ListOptions`) that do not go together.
  static ApiFailure invalidOptions(String kind, List<Cause> causes) {
    ObjectNode details = Json.object().put("group", "meta.k8s.io").put("kind", kind);
    addCauses(details, causes);
    String text = String.join(", ", causes.stream().map(Cause::line).toList());
    return new ApiFailure(422, "Invalid", kind + ".meta.k8s.io \"\" is invalid: " + text, details);
  }

  /// A patch whose outcome cannot be taken.
  static ApiFailure invalidPatch(String patch, String why) {
    Cause cause =
        new Cause("FieldValueInvalid", "Invalid value: \"" + patch + "\": " + why, "patch");
    ObjectNode details = Json.object();
    addCauses(details, List.of(cause));
    return new ApiFailure(422, "Invalid", " \"\" is invalid: " + cause.line(), details);
  }

  private static void addCauses(ObjectNode details, List<Cause> causes) {
    causes.forEach(cause ->
        details
            .withArray("causes")
            .addObject()
            .put("reason", cause.reason())
            .put("message", cause.message())
            .put("field", cause.field()));
  }

  /// A server-side apply that would change what others own.
  static ApiFailure applyConflict(String message, List<Cause> causes) {
    ObjectNode details = Json.object();
    addCauses(details, causes);
    return new ApiFailure(409, "Conflict", message, details);
  }

  static ApiFailure expired(String message) {
    return of(410, "Expired", message);
  }

  static ApiFailure methodNotAllowed() {
    return of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  static ApiFailure unsupportedMediaType(String supported) {
    return of(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + supported);
  }
}
