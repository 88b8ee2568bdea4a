package io.firn.graph.links;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;

/// Multus networks, and the claims that keep a machine's address on them. The claim is named after
/// the machine and its own name for the network, not after the attachment definition.
final class NetworkLinks implements MachineLinks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NETWORK_NAME = "multus.networkName";

  @Override
  public void follow(Machine machine, Draft draft) {
    for (JsonNode network : machine.spec().path("networks")) {
      Json.text(network, NETWORK_NAME)
          .ifPresent(name -> followMultus(machine, network, name, draft));
    }
  }

  private static void followMultus(
      Machine machine, JsonNode network, String attachmentName, Draft draft) {
    String logicalName = network.path("name").asText("");
    String path = machine.path("networks[" + logicalName + "]." + NETWORK_NAME);
    ObjectRef attachment = attachment(machine, attachmentName);
    draft.link(machine.ref(), attachment, Need.OPTIONAL, path);
    if (!Json.isTrue(network, "multus.default")) {
      followAddressClaim(machine, logicalName, attachment, draft);
    }
  }

  private static ObjectRef attachment(Machine machine, String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? machine.sibling(Kinds.NETWORK_ATTACHMENT, name)
        : ObjectRef.of(
            Kinds.NETWORK_ATTACHMENT, name.substring(0, slash), name.substring(slash + 1));
  }

  private static void followAddressClaim(
      Machine machine, String logicalName, ObjectRef attachment, Draft draft) {
    ObjectRef claim = machine.sibling(Kinds.IPAM_CLAIM, machine.ref().name() + "." + logicalName);
    boolean expected =
        keepsAddresses(attachment, draft.index()) && machine.instance(draft.index()).isPresent();
    if (expected || draft.index().find(claim).isPresent()) {
      draft.link(
          machine.ref(), claim, Need.OPTIONAL, machine.path("networks[" + logicalName + "].name"));
    }
  }

  /// The configuration of an attachment is JSON in a string, written by hand as often as not: one
  /// that cannot be read promises nothing.
  private static boolean keepsAddresses(ObjectRef attachment, ObjectIndex index) {
    return index
        .find(attachment)
        .flatMap(object -> Json.text(object, "spec.config"))
        .map(NetworkLinks::allowsPersistentIps)
        .orElse(false);
  }

  private static boolean allowsPersistentIps(String config) {
    try {
      return JSON.readTree(config).path("allowPersistentIPs").asBoolean(false);
    } catch (JsonProcessingException _) {
      return false;
    }
  }
}
