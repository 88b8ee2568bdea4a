package io.firn.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// One object of the graph. `object` is the object as read; present exactly when `presence` is
/// [Presence.Present].
public record GraphNode(
    ObjectRef ref, DependencyType type, Presence presence, Optional<ObjectNode> object) {}
