package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// What a machine's status is computed from: its instance and its template volumes as they exist.
record MachineFacts(Optional<ObjectNode> instance, List<ObjectNode> volumes) {
  MachineFacts {
    volumes = List.copyOf(volumes);
  }
}
