package io.firn.simulator.api;

import java.util.List;

/// What the options of a list or watch must agree on, in the words of kube-apiserver
/// (`ValidateListOptions`).
final class ListOptions {
  private ListOptions() {}

  static void check(Query query) {
    String match = query.get("resourceVersionMatch");
    boolean watch = query.flag("watch");
    if (query.has("sendInitialEvents")) {
      if (!watch) {
        throw forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
      }
      if (!match.equals("NotOlderThan")) {
        throw forbidden(
            "resourceVersionMatch",
            "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
      }
    } else if (!match.isEmpty() && watch) {
      throw forbidden(
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    } else if (!match.isEmpty() && query.get("resourceVersion").isEmpty()) {
      throw forbidden(
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
  }

  private static ApiFailure forbidden(String field, String why) {
    return ApiFailure.invalidOptions(
        "ListOptions",
        List.of(new ApiFailure.Cause("FieldValueForbidden", "Forbidden: " + why, field)));
  }
}
