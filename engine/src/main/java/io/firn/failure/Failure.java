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
  /// In the context: roles, as YAML to apply, that would give this user what is missing.
  public static final String ROLES = "missingRoles";

  public Failure {
    context = Map.copyOf(context);
  }
}
