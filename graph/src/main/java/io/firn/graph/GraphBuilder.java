package io.firn.graph;

import static java.util.Objects.requireNonNull;

import io.firn.graph.links.Walk;
import java.util.List;

/// Finds everything that machines are made of.
///
/// Roots are VirtualMachines, VirtualMachineInstances, VirtualMachineInstanceReplicaSets and
/// VirtualMachinePools; any other kind of [Kinds] may be a root too and is followed as far as it
/// leads. However many roots there are, every list is read at most once per kind and namespace.
///
/// A missing object, a missing root included, is a [Finding] and a node with [Presence.Missing];
/// nothing is thrown for it. What the lookup throws passes through.
///
/// Thread-safe where the lookup is; each call reads its lists anew.
public final class GraphBuilder {
  private final ObjectLookup lookup;

  public GraphBuilder(ObjectLookup lookup) {
    this.lookup = requireNonNull(lookup, "lookup is null");
  }

  /// The graph of the roots, in the order given. Repeated roots count once.
  public ObjectGraph build(List<ObjectRef> roots) {
    return new Walk(lookup, roots).graph();
  }
}
