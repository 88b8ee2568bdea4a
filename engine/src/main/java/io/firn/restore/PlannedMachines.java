package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.Manifest.MachineFacts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Works out what becomes of a VirtualMachine once it exists: its property and its run state.
record PlannedMachines(CapturedPoint point, Names names, Optional<RunStrategy> override) {

  /// `there` are the targets that are created or adopted.
  PlannedMachine of(ObjectRef source, ObjectNode captured, Set<ObjectRef> there) {
    JsonNode spec = captured.path("spec");
    Optional<ObjectNode> start = start(spec);
    String state =
        override
            .map(RunStrategy::label)
            .orElseGet(() ->
                spec.hasNonNull("runStrategy")
                    ? spec.path("runStrategy").asText()
                    : spec.path("running").asBoolean() ? "Running" : "Stopped");
    return new PlannedMachine(
        source, names.target(source), state, start, List.copyOf(owned(source, there)));
  }

  private Optional<ObjectNode> start(JsonNode spec) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode wanted = patch.putObject("spec");
    boolean byFlag = spec.hasNonNull("running") && !spec.hasNonNull("runStrategy");
    if (override.isPresent()) {
      if (override.get() == RunStrategy.HALTED) {
        return Optional.empty();
      }
      if (byFlag) {
        wanted.putNull("running");
      }
      wanted.put("runStrategy", override.get().label());
      return Optional.of(patch);
    }
    if (byFlag) {
      wanted.put("running", true);
      return spec.path("running").asBoolean() ? Optional.of(patch) : Optional.empty();
    }
    String strategy = spec.path("runStrategy").asText("Halted");
    wanted.put("runStrategy", strategy);
    return strategy.equals("Halted") ? Optional.empty() : Optional.of(patch);
  }

  /// What the machine owned at capture, and the revisions that it names: KubeVirt adopts only
  /// DataVolumes by itself, and what nobody owns stays behind when the machine is deleted.
  private Set<ObjectRef> owned(ObjectRef machine, Set<ObjectRef> there) {
    Set<ObjectRef> owned = new LinkedHashSet<>();
    point
        .definitions()
        .forEach((ref, object) -> {
          boolean ownable =
              ref.kind().equals(Kinds.CONTROLLER_REVISION.kind())
                  || ref.kind().equals(Kinds.CLAIM.kind());
          boolean was =
              CapturedPoint.owner(object, Kinds.VIRTUAL_MACHINE)
                  .filter(machine.name()::equals)
                  .isPresent();
          if (ownable && (was || named(machine, ref))) {
            owned.add(names.target(ref));
          }
        });
    owned.retainAll(there);
    return owned;
  }

  private boolean named(ObjectRef machine, ObjectRef ref) {
    return ref.kind().equals(Kinds.CONTROLLER_REVISION.kind())
        && facts(machine)
            .filter(f ->
                f.instancetypeRevision().filter(ref.name()::equals).isPresent()
                    || f.preferenceRevision().filter(ref.name()::equals).isPresent())
            .isPresent();
  }

  Optional<MachineFacts> facts(ObjectRef machine) {
    return point.manifest().machines().stream()
        .filter(f -> f.machine().equals(machine))
        .findFirst();
  }
}
