package io.firn.graph;

/// Whether the object that a node names was there when the graph was built.
public sealed interface Presence {
  /// The lookup had it.
  record Present() implements Presence {}

  /// The lookup lists that kind and does not have it.
  record Missing() implements Presence {}

  /// The kind could not be read; the reason says why.
  record Unknown(String reason) implements Presence {}
}
