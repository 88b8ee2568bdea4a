package io.firn.graph;

/// Something that a person should know about a graph: a missing object, a host disk that cannot be
/// kept, a migration in flight. Never an exception.
public record Finding(Severity severity, ObjectRef about, String message) {
  /// How bad a finding is.
  public enum Severity {
    INFO,
    WARNING,
    ERROR
  }
}
