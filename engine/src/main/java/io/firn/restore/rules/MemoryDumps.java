package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Drops memory-dump volumes: what keeps the dump from being attached as a disk is a status that is
/// lost.
final class MemoryDumps implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Machine.in(object).ifPresent(machine -> drop(machine.spec(), edits));
  }

  private static void drop(Place spec, Edits edits) {
    if (spec.node().path("volumes") instanceof ArrayNode volumes) {
      List<Place> places = spec.each("volumes");
      for (int i = places.size() - 1; i >= 0; i--) {
        if (places.get(i).node().has("memoryDump")) {
          volumes.remove(i);
          edits.removedEntry(places.get(i), "a memory dump is not part of the machine");
        }
      }
    }
  }
}
