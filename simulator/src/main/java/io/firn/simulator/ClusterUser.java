package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/// Somebody who may do what roles allow, and nothing at first. `name` is who the API server takes
/// the token for; `subject` goes into a RoleBinding's `subjects`.
public record ClusterUser(String name, String token, Path kubeconfig, ObjectNode subject) {
  /// Does not tell the token.
  @Override
  public String toString() {
    return name;
  }
}
