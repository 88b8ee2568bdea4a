package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.rights.MissingRights;
import io.firn.failure.Failure;

/// Rights that a user lacks, printed so that an admin can apply them. Stateless.
public final class MissingText {
  private MissingText() {}

  /// "" where nothing is missing.
  public static String of(MissingRights missing) {
    return missing.isEmpty() ? "" : of(missing.yaml());
  }

  static String of(String yaml) {
    return "\n# Rights that this user lacks, as roles for kubectl apply -f:\n" + yaml;
  }

  static void put(MissingRights missing, ObjectNode document) {
    missing.lines().forEach(document.putArray("missingRights")::add);
    document.put(Failure.ROLES, missing.yaml());
  }
}
