package io.firn.simulator.api;

import java.util.ArrayList;
import java.util.List;

/// `kubectl --as`: a master may act as somebody else.
final class Impersonation {
  private Impersonation() {}

  static User of(User user, ApiRequest request) {
    String name = request.header("impersonate-user");
    if (name.isEmpty()) {
      return user;
    }
    if (!user.isMaster()) {
      throw ApiFailure.forbidden(
          new ResourceId("", "users"),
          name,
          "User \"%s\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"
              .formatted(user.name()));
    }
    List<String> groups = new ArrayList<>();
    String stated = request.header("impersonate-group");
    if (!stated.isEmpty()) {
      groups.addAll(List.of(stated.split(",")));
    }
    groups.add("system:authenticated");
    return new User(name, "", groups);
  }
}
