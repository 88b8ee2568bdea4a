package io.firn.simulator.api;

/// Decides, request by request, what goes wrong. Thread-safe.
public interface RequestFaults {
  RequestFaults NONE = (method, path, user) -> new Verdict.Pass();

  Verdict judge(String method, String path, String user);

  /// What happens to the request.
  sealed interface Verdict {
    record Pass() implements Verdict {}

    /// Answered with a Status of that code, before anything is done.
    record Refuse(int status, String message, int retryAfterSeconds) implements Verdict {}

    /// The connection is cut; `afterWork` says whether the request had been carried out.
    record Cut(boolean afterWork) implements Verdict {}

    record Delay(java.time.Duration by) implements Verdict {}
  }
}
