package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The answer of `/version`: the Kubernetes release whose behaviour the server follows.
final class ServerVersion {
  static final String MINOR = "33";

  private ServerVersion() {}

  static ObjectNode json() {
    return Json.object()
        .put("major", "1")
        .put("minor", MINOR)
        .put("gitVersion", "v1." + MINOR + ".0+firn")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "2025-04-23T13:00:00Z")
        .put("goVersion", "go1.24.2")
        .put("compiler", "gc")
        .put("platform", "linux/amd64");
  }
}
