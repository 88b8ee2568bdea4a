package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import java.util.Map;

/// The folder of a vault that is one repository: by default a namespace. The name is one path
/// segment that does not begin with a dot (those are the vault's own).
public record Domain(String name) {
  public Domain {
    if (name.isBlank() || name.startsWith(".") || name.contains("/") || name.length() > 255) {
      throw new FirnException(
          new Failure(
              FailureCode.USAGE,
              "'" + name + "' cannot be a domain of a vault",
              "A domain is one folder name that does not begin with a dot.",
              Map.of("domain", name),
              false));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
