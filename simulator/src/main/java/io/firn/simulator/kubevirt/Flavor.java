package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// The specs of a machine's instance type and preference, as their revisions hold them.
record Flavor(Optional<ObjectNode> instancetype, Optional<ObjectNode> preference) {
  static final Flavor NONE = new Flavor(Optional.empty(), Optional.empty());
}
