package io.firn.backup;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;

/// What a user names for a backup.
public sealed interface Selection {
  /// One root: a VirtualMachine, a standalone instance, a replica set or a pool; or one of
  /// [PlainRoots#KINDS], which is backed up without a machine.
  record Named(ObjectRef root) implements Selection {}

  /// Every object of these kinds in a namespace ("" for all namespaces) that a label selector
  /// matches.
  record Labelled(String namespace, String selector, List<ResourceKind> kinds)
      implements Selection {
    public Labelled {
      kinds = List.copyOf(kinds);
    }

    /// VirtualMachines.
    public Labelled(String namespace, String selector) {
      this(namespace, selector, List.of(Kinds.VIRTUAL_MACHINE));
    }
  }

  /// Every object of these kinds in a namespace ("" for all namespaces).
  record All(String namespace, List<ResourceKind> kinds) implements Selection {
    public All {
      kinds = List.copyOf(kinds);
    }

    /// Every VirtualMachine, standalone instance, replica set and pool.
    public All(String namespace) {
      this(namespace, RootResolver.ROOTS);
    }
  }
}
