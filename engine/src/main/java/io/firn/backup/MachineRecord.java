package io.firn.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.point.Manifest.EffectiveMac;
import io.firn.point.Manifest.MachineFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes down what a restore needs to know of a machine beyond its definition: what KubeVirt had
/// chosen for it and keeps only in status or in the running instance.
record MachineRecord(ClusterLookup lookup) {
  private static final List<String> KEPT_ANNOTATIONS =
      List.of("kubevirt.io/pci-topology-version", "kubevirt.io/pci-interface-slot-count");

  MachineFacts of(ReachedLevel reached) {
    ObjectRef ref = reached.machine().machine();
    Optional<ObjectNode> machine = find(Kinds.of(ref).orElseThrow(), ref);
    // A claim by itself may have the name of some machine, of whose facts none are its own.
    Optional<ObjectNode> instance =
        PlainRoots.isClaim(ref)
            ? Optional.empty()
            : find(Kinds.INSTANCE, ObjectRef.of(Kinds.INSTANCE, ref.namespace(), ref.name()));
    JsonNode vm = machine.isPresent() ? machine.get() : MissingNode.getInstance();
    JsonNode vmi = instance.isPresent() ? instance.get() : MissingNode.getInstance();
    return new MachineFacts(
        ref,
        reached.machine().uid(),
        !(reached.machine().quiesce() instanceof QuiescePlan.Stopped),
        reached.level(),
        reached.reason(),
        reached.frozenBy(),
        reached.freezeMillis(),
        reached.skewMillis(),
        macs(vmi),
        text(vmi, "/spec/domain/firmware/uuid"),
        reached.machine().claims().stream().map(ObjectRef::name).toList(),
        revision(vm, "instancetype"),
        revision(vm, "preference"),
        annotations(vmi));
  }

  private Optional<ObjectNode> find(ResourceKind kind, ObjectRef ref) {
    return lookup.find(kind, ref);
  }

  /// What the guest really has; the spec may leave it to the cluster.
  private static List<EffectiveMac> macs(JsonNode vmi) {
    Map<String, String> macs = new TreeMap<>();
    for (JsonNode each : vmi.at("/spec/domain/devices/interfaces")) {
      put(macs, each.path("name").asText(""), each.path("macAddress").asText(""));
    }
    for (JsonNode each : vmi.at("/status/interfaces")) {
      put(macs, each.path("name").asText(""), each.path("mac").asText(""));
    }
    List<EffectiveMac> all = new ArrayList<>();
    macs.forEach((name, mac) -> all.add(new EffectiveMac(name, mac)));
    return all;
  }

  private static void put(Map<String, String> macs, String name, String mac) {
    if (!name.isEmpty() && !mac.isEmpty()) {
      macs.put(name, mac);
    }
  }

  /// Since KubeVirt 1.5 the revision in use is told in the status; before, and when fixed by a
  /// person, in the spec.
  private static Optional<String> revision(JsonNode vm, String matcher) {
    return text(vm, "/status/" + matcher + "Ref/controllerRevisionRef/name")
        .or(() -> text(vm, "/spec/" + matcher + "/revisionName"));
  }

  private static Map<String, String> annotations(JsonNode vmi) {
    Map<String, String> kept = new TreeMap<>();
    for (String name : KEPT_ANNOTATIONS) {
      put(kept, name, vmi.path("metadata").path("annotations").path(name).asText(""));
    }
    return kept;
  }

  private static Optional<String> text(JsonNode node, String pointer) {
    String text = node.at(pointer).asText("");
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
