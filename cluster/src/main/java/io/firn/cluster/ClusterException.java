package io.firn.cluster;

import java.util.Map;

/// The one exception of this module. The message names object, cause and next step.
public final class ClusterException extends RuntimeException {
  private final Code code;
  private final Map<String, String> context;

  public ClusterException(Code code, String message, Map<String, String> context) {
    super(message);
    this.code = code;
    this.context = Map.copyOf(context);
  }

  public ClusterException(Code code, String message, Map<String, String> context, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.context = Map.copyOf(context);
  }

  public Code code() {
    return code;
  }

  /// The verb, resource, object, … concerned.
  public Map<String, String> context() {
    return context;
  }

  /// What kind of failure it is.
  public enum Code {
    /// No kubeconfig, or no such context in it.
    NO_CONTEXT,
    UNREACHABLE,
    /// 401.
    UNAUTHENTICATED,
    /// 403 from authorization; context has `verb` and `resource`.
    FORBIDDEN,
    NOT_FOUND,
    /// The API server does not serve the kind.
    NOT_SERVED,
    ALREADY_EXISTS,
    CONFLICT,
    /// 422, 400, or a webhook's denial.
    REJECTED,
    /// A quota does not allow it.
    QUOTA,
    TIMEOUT,
    /// 5xx after retries.
    SERVER
  }
}
