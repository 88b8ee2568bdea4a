package io.firn.graph;

import java.util.List;
import java.util.SequencedMap;

/// What one or more roots are made of. Nodes are in the order of discovery (roots first), each
/// once; relations may form cycles. Immutable.
///
/// `claims` are the volume claims of all machines in the graph, in spec order, each machine's
/// backend storage last. `unread` are the lists that were wanted and could not be read: nothing is
/// known of what they hold.
public record ObjectGraph(
    List<ObjectRef> roots,
    SequencedMap<ObjectRef, GraphNode> nodes,
    List<Relation> relations,
    List<ClaimUse> claims,
    List<Finding> findings,
    List<UnreadList> unread) {}
