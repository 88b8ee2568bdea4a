package io.firn.backup;

import io.firn.graph.ObjectRef;

/// What a user names for a backup.
public sealed interface Selection {
  /// One root: a VirtualMachine, a standalone instance, a replica set or a pool.
  record Named(ObjectRef root) implements Selection {}

  /// Every VirtualMachine of a namespace ("" for all namespaces) that a label selector matches.
  record Labelled(String namespace, String selector) implements Selection {}

  /// Every VirtualMachine, standalone instance, replica set and pool of a namespace ("" for all
  /// namespaces).
  record All(String namespace) implements Selection {}
}
