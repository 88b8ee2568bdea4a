package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.array;
import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.putIfAbsent;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.guest.AgentFacts;
import io.firn.simulator.guest.Guest.AgentException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// Writes what a guest is doing into the status of its instance.
final class GuestReport {
  private final ApiClient client;
  private final InstantSource clock;
  private final Identities ids;

  GuestReport(ApiClient client, InstantSource clock, Identities ids) {
    this.client = client;
    this.clock = clock;
    this.ids = ids;
  }

  /// The guest runs: phase, agent, addresses, freeze as last polled, pause.
  void running(ObjectNode instance, RunningGuest guest) {
    String podAddress = podAddress(instance, guest);
    client.modify(
        VirtTypes.INSTANCE,
        ObjectKey.of(instance),
        found -> {
          if (Meta.uid(found).equals(guest.uid()) && Phases.isOnNode(found)) {
            write(found, guest, podAddress);
          }
        });
  }

  private void write(ObjectNode instance, RunningGuest guest, String podAddress) {
    Phases.enter(instance, Phases.RUNNING, clock.instant());
    ObjectNode status = object(instance, "status");
    topology(instance, status);
    // No SELinux on this node. Without the field virt-controller attaches no volume to the machine.
    putIfAbsent(status, "selinuxContext", "none");
    Conditions.set(instance, "LiveMigratable", true, "", "", clock.instant());
    pause(instance, guest);
    agent(instance, status, guest);
    interfaces(instance, status, podAddress);
    HotplugVolumes.advance(status);
    targets(status);
  }

  private static void topology(ObjectNode instance, ObjectNode status) {
    ObjectNode topology = object(status, "currentCPUTopology");
    for (String field : new String[] {"cores", "sockets", "threads"}) {
      topology.set(field, Fields.at(instance, "spec", "domain", "cpu", field).deepCopy());
    }
  }

  private void pause(ObjectNode instance, RunningGuest guest) {
    if (guest.paused()) {
      Conditions.set(
          instance, "Paused", true, "PausedByUser", "VMI was paused by user", clock.instant());
    } else {
      Conditions.remove(instance, "Paused");
    }
  }

  private void agent(ObjectNode instance, ObjectNode status, RunningGuest guest) {
    if (guest.guest().agentConnected()) {
      ObjectNode condition =
          Conditions.set(instance, "AgentConnected", true, "", "", clock.instant());
      if (!condition.hasNonNull("lastProbeTime")) {
        condition.put("lastProbeTime", Conditions.time(clock.instant()));
      }
      osInfo(status, guest);
    } else {
      Conditions.remove(instance, "AgentConnected");
      status.remove("guestOSInfo");
    }
    if (guest.frozenAsPolled()) {
      status.put("fsFreezeStatus", "frozen");
    } else {
      status.remove("fsFreezeStatus");
    }
  }

  private static void osInfo(ObjectNode status, RunningGuest guest) {
    if (guest.paused()) {
      return;
    }
    try {
      AgentFacts facts = guest.guest().agentFacts();
      object(status, "guestOSInfo")
          .put("id", facts.osName().toLowerCase(Locale.ROOT))
          .put("name", facts.osName())
          .put("version", facts.osVersion())
          .put("kernelRelease", facts.kernel());
    } catch (AgentException e) {
      // A connected agent need not answer: what was known of the guest stays.
      return;
    }
  }

  private void interfaces(ObjectNode instance, ObjectNode status, String podAddress) {
    ArrayNode before = array(status, "interfaces").deepCopy();
    ArrayNode after = status.putArray("interfaces");
    int index = 0;
    for (ObjectNode card : objects(instance, "spec", "domain", "devices", "interfaces")) {
      String name = text(card, "name");
      ObjectNode shown = after.addObject();
      boolean agent = Conditions.find(instance, "AgentConnected").isPresent();
      shown.put("infoSource", agent ? "domain, guest-agent" : "domain");
      shown.put("interfaceName", "eth" + index);
      String address = index == 0 ? podAddress : "";
      if (!address.isEmpty()) {
        shown.put("ipAddress", address).putArray("ipAddresses").add(address);
      }
      shown.put("mac", mac(card, Fields.named(before, "name", name)));
      shown.put("name", name);
      shown.put("podInterfaceName", index == 0 ? "eth0" : "pod" + index);
      shown.put("queueCount", 1);
      index++;
    }
  }

  /// The address in the spec, the one given at this start, or a new one.
  private String mac(ObjectNode card, Optional<ObjectNode> before) {
    String fixed = text(card, "macAddress");
    if (!fixed.isEmpty()) {
      return fixed.toLowerCase(Locale.ROOT).replace('-', ':');
    }
    return before.map(old -> text(old, "mac")).filter(mac -> !mac.isEmpty()).orElseGet(ids::mac);
  }

  private String podAddress(ObjectNode instance, RunningGuest guest) {
    return client
        .get(Types.POD, Meta.namespace(instance), guest.pod())
        .map(pod -> text(pod, "status", "podIP"))
        .orElse("");
  }

  private static void targets(ObjectNode status) {
    char letter = 'a';
    for (ObjectNode volume : objects(status, "volumeStatus")) {
      volume.put("target", "vd" + letter);
      letter++;
    }
  }

  /// The guest has ended: by its own will or the instance's deletion, or by a crash.
  void ended(ObjectNode instance, Optional<RunningGuest> guest) {
    boolean orderly =
        guest.map(g -> g.state() == RunningGuest.State.SHUT_DOWN).orElse(Meta.deleting(instance));
    client.modify(
        VirtTypes.INSTANCE,
        ObjectKey.of(instance),
        found -> {
          if (Meta.uid(found).equals(Meta.uid(instance)) && !Phases.isFinal(found)) {
            Phases.enter(found, orderly ? Phases.SUCCEEDED : Phases.FAILED, clock.instant());
            object(found, "status").remove("fsFreezeStatus");
            Conditions.remove(found, "AgentConnected");
            Conditions.remove(found, "Paused");
          }
        });
    guest.ifPresent(one -> endPod(instance, one, orderly));
  }

  /// The launcher ends with its guest.
  private void endPod(ObjectNode instance, RunningGuest guest, boolean orderly) {
    client.modifyStatus(
        Types.POD,
        new ObjectKey(Meta.namespace(instance), guest.pod()),
        pod -> object(pod, "status").put("phase", orderly ? "Succeeded" : "Failed"));
  }
}
