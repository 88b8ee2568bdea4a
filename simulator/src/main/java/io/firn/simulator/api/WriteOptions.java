package io.firn.simulator.api;

import java.util.ArrayList;
import java.util.List;

/// How a write is to be carried out. `manager` is the field manager; `applying` says that the write
/// is a server-side apply, and `force` takes fields over from other managers in a server-side
/// apply; `warnings` collects what the client should be told.
record WriteOptions(
    User user,
    boolean dryRun,
    String manager,
    boolean applying,
    boolean force,
    FieldValidation validation,
    List<String> warnings) {

  /// What to do about unknown fields. They are dropped in any case, unless refused.
  enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  static WriteOptions system() {
    return new WriteOptions(
        User.SYSTEM,
        false,
        "kube-apiserver",
        false,
        false,
        FieldValidation.IGNORE,
        new ArrayList<>());
  }

  static WriteOptions of(ApiRequest request) {
    Query query = request.query();
    return new WriteOptions(
        request.user(),
        dryRun(query.get("dryRun")),
        manager(request),
        request.contentType().startsWith("application/apply-patch"),
        query.flag("force"),
        validation(query.get("fieldValidation")),
        new ArrayList<>());
  }

  private static boolean dryRun(String value) {
    return switch (value) {
      case "" -> false;
      case "All" -> true;
      default ->
          throw ApiFailure.of(
              422,
              "Invalid",
              " \"\" is invalid: dryRun: Unsupported value: \""
                  + value
                  + "\": supported values: \"All\"");
    };
  }

  private static FieldValidation validation(String value) {
    return switch (value) {
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      case "", "Warn" -> FieldValidation.WARN;
      default ->
          throw ApiFailure.of(
              422,
              "Invalid",
              " \"\" is invalid: fieldValidation: Unsupported value: \""
                  + value
                  + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"");
    };
  }

  /// The stated manager, otherwise the client's program name, as kube-apiserver derives it.
  private static String manager(ApiRequest request) {
    String stated = request.query().get("fieldManager");
    if (!stated.isEmpty()) {
      return stated;
    }
    String agent = request.header("user-agent");
    int slash = agent.indexOf('/');
    String program = slash < 0 ? agent : agent.substring(0, slash);
    return program.isEmpty() ? "unknown" : program;
  }

  WriteOptions dry() {
    return new WriteOptions(user, true, manager, applying, force, validation, warnings);
  }
}
