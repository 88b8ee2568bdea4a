package io.firn.failure;

import java.util.Map;

/// What went wrong, for a person and for a machine. `summary` names object and cause, `guidance`
/// the next step; `context` has the names in a form to filter by.
public record Failure(
    FailureCode code,
    String summary,
    String guidance,
    Map<String, String> context,
    boolean retryable) {
  public Failure {
    context = Map.copyOf(context);
  }
}
