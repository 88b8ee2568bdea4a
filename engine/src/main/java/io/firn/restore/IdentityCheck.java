package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.restore.TargetCluster.Listed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks over all machines of the cluster for the MAC addresses and firmware UUIDs that restored
/// machines would have. KubeVirt itself warns of neither. Two interfaces with one address on the
/// same secondary network stop the plan: they would break the living machine's network.
record IdentityCheck(TargetCluster target, PlanNotes notes) {

  /// `removed` are machines that make room first.
  void check(List<RestoreAction> actions, Set<ObjectRef> removed) {
    List<ObjectNode> planned =
        actions.stream()
            .filter(a -> a instanceof RestoreAction.Create && machine(a.target()))
            .flatMap(a -> a.toCreate().stream())
            .toList();
    if (planned.isEmpty()) {
      return;
    }
    List<ObjectNode> living = new ArrayList<>();
    living(Kinds.VIRTUAL_MACHINE, planned.getFirst(), living);
    living(Kinds.INSTANCE, planned.getFirst(), living);
    Map<String, List<Nic>> macs = new HashMap<>();
    Map<String, ObjectRef> uuids = new HashMap<>();
    for (ObjectNode object : living) {
      ObjectRef ref = asMachine(ObjectRef.of(object));
      if (!removed.contains(ref) && !target.ours(object)) {
        nics(object).forEach(n -> macs.computeIfAbsent(n.mac(), _ -> new ArrayList<>()).add(n));
        uuid(object).ifPresent(uuid -> uuids.putIfAbsent(uuid, ref));
      }
    }
    planned.forEach(object -> compare(object, macs, uuids));
  }

  private void compare(
      ObjectNode object, Map<String, List<Nic>> macs, Map<String, ObjectRef> uuids) {
    ObjectRef ref = ObjectRef.of(object);
    for (Nic nic : nics(object)) {
      for (Nic other : macs.getOrDefault(nic.mac(), List.of())) {
        if (!asMachine(other.machine()).equals(ref)) {
          mac(ref, nic, other);
          break;
        }
      }
    }
    uuid(object)
        .filter(uuids::containsKey)
        .filter(uuid -> !ref.equals(uuids.get(uuid)))
        .ifPresent(uuid ->
            notes.warn(
                ref,
                "firmware UUID " + uuid + " is that of " + uuids.get(uuid) + " as well",
                "Give the copy one of its own with --new-firmware-uuid."));
  }

  private void mac(ObjectRef ref, Nic nic, Nic other) {
    String message =
        "MAC address %s of interface %s belongs to %s as well"
            .formatted(nic.mac(), nic.name(), other.machine());
    String step = "Give the copy one of its own with --new-mac.";
    if (!nic.network().isEmpty() && nic.network().equals(other.network())) {
      notes.stop(FailureCode.RESTORE_CONFLICT, ref, message + ", on the same network", step);
    } else {
      notes.warn(ref, message, step);
    }
  }

  /// Adds the machines of a kind in the cluster; of the target namespace alone where no more may be
  /// read, and then says so.
  private void living(ResourceKind kind, ObjectNode first, List<ObjectNode> living) {
    switch (target.everywhere(kind)) {
      case Listed.Known(List<ObjectNode> all) -> living.addAll(all);
      case Listed.Unknown _ -> unknown(kind, first, target.list(kind, ""), living);
    }
  }

  private void unknown(
      ResourceKind kind, ObjectNode first, Listed beside, List<ObjectNode> living) {
    String which =
        switch (beside) {
          case Listed.Known(List<ObjectNode> found) -> {
            living.addAll(found);
            yield "the " + kind.plural() + " of other namespaces";
          }
          case Listed.Unknown _ -> "the " + kind.plural() + " of the cluster";
        };
    notes.warn(
        ObjectRef.of(first),
        which
            + " may not be listed: whether one has the same MAC address, firmware UUID or serial is"
            + " unknown",
        "Ask for the role firn-admin, or for a copy say --new-mac --new-firmware-uuid.");
  }

  private static List<Nic> nics(ObjectNode object) {
    JsonNode spec = spec(object);
    ObjectRef ref = ObjectRef.of(object);
    Map<String, String> networks = new HashMap<>();
    for (JsonNode network : spec.path("networks")) {
      String name = network.path("multus").path("networkName").asText("");
      boolean qualified = name.isEmpty() || name.contains("/");
      networks.put(network.path("name").asText(), qualified ? name : ref.namespace() + "/" + name);
    }
    List<Nic> nics = new ArrayList<>();
    for (JsonNode nic : spec.path("domain").path("devices").path("interfaces")) {
      String mac = nic.path("macAddress").asText("").toLowerCase(Locale.ROOT).replace('-', ':');
      String name = nic.path("name").asText();
      if (!mac.isEmpty()) {
        nics.add(new Nic(ref, name, mac, networks.getOrDefault(name, "")));
      }
    }
    for (JsonNode nic : object.path("status").path("interfaces")) {
      String mac = nic.path("mac").asText("").toLowerCase(Locale.ROOT);
      String name = nic.path("name").asText("");
      if (!mac.isEmpty()) {
        nics.add(new Nic(ref, name, mac, networks.getOrDefault(name, "")));
      }
    }
    return nics;
  }

  private static Optional<String> uuid(ObjectNode object) {
    String uuid = spec(object).path("domain").path("firmware").path("uuid").asText("");
    return uuid.isEmpty() ? Optional.empty() : Optional.of(uuid);
  }

  private static JsonNode spec(ObjectNode object) {
    JsonNode spec = object.path("spec");
    return spec.has("template") ? spec.path("template").path("spec") : spec;
  }

  private static boolean machine(ObjectRef ref) {
    return ref.kind().equals(Kinds.VIRTUAL_MACHINE.kind())
        || ref.kind().equals(Kinds.INSTANCE.kind());
  }

  /// An instance stands for the machine of its name.
  private static ObjectRef asMachine(ObjectRef ref) {
    return ObjectRef.of(Kinds.VIRTUAL_MACHINE, ref.namespace(), ref.name());
  }

  private record Nic(ObjectRef machine, String name, String mac, String network) {}
}
