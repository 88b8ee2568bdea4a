package io.firn.graph.links;

/// Edges that leave from the specification of a machine, wherever that lies: in a VM, an instance
/// of its own, a replica set, a pool. Instances that belong to another machine of the graph are
/// left out, as their owner has followed the same specification already.
non-sealed interface MachineLinks extends Links {
  void follow(Machine machine, Draft draft);
}
