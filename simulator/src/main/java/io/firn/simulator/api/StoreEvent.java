package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// One change of one object. `previous` is present for MODIFIED and DELETED; the object of a
/// DELETED event is its last state, carrying the revision of the deletion.
record StoreEvent(Type type, long revision, ObjectNode object, Optional<ObjectNode> previous) {
  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
