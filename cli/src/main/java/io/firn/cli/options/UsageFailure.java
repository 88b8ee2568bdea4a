package io.firn.cli.options;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import java.util.Map;

/// What the user typed cannot be done; exit code 2. Stateless.
public final class UsageFailure {
  private UsageFailure() {}

  public static FirnException of(String summary, String guidance) {
    return new FirnException(new Failure(FailureCode.USAGE, summary, guidance, Map.of(), false));
  }
}
