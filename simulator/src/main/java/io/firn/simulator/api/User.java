package io.firn.simulator.api;

import java.util.List;

/// Who asks.
record User(String name, String uid, List<String> groups) {
  static final User ANONYMOUS = new User("system:anonymous", "", List.of("system:unauthenticated"));

  /// The server's own hands: garbage collection, namespace deletion, bootstrap.
  static final User SYSTEM = new User("system:apiserver", "", List.of("system:masters"));

  User {
    groups = List.copyOf(groups);
  }

  boolean isMaster() {
    return groups.contains("system:masters");
  }
}
