package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Manifests;
import io.firn.simulator.client.Types;
import java.util.List;

/// KubeVirt's CustomResourceDefinitions, with the names, versions and columns of the real ones and
/// thin schemas; apart from them those of Multus and the IPAM extension.
final class Definitions {
  private static final List<String> PLURALS =
      List.of(
          "kubevirts",
          "virtualmachines",
          "virtualmachineinstances",
          "virtualmachineinstancemigrations",
          "virtualmachineinstancereplicasets",
          "virtualmachinepools",
          "virtualmachineinstancetypes",
          "virtualmachineclusterinstancetypes",
          "virtualmachinepreferences",
          "virtualmachineclusterpreferences",
          "virtualmachinesnapshots",
          "virtualmachinesnapshotcontents",
          "virtualmachinerestores",
          "virtualmachineclones",
          "virtualmachineexports",
          "virtualmachinebackups",
          "virtualmachinebackuptrackers");
  private static final List<String> NETWORK_PLURALS =
      List.of("network-attachment-definitions", "ipamclaims");

  private Definitions() {}

  static List<ObjectNode> definitions() {
    return read(PLURALS);
  }

  static List<ObjectNode> network() {
    return read(NETWORK_PLURALS);
  }

  /// What users may do, in the roles that every cluster has.
  static List<ObjectNode> roles() {
    return Manifests.readAll(Definitions.class, "roles.yaml");
  }

  private static List<ObjectNode> read(List<String> plurals) {
    return plurals.stream()
        .map(plural -> Manifests.read(Definitions.class, "crds/" + plural + ".yaml"))
        .toList();
  }

  /// The namespace and the KubeVirt object that an installation has.
  static List<ObjectNode> objects() {
    return List.of(
        Types.NAMESPACE.newObject("", "kubevirt"),
        Manifests.read(Definitions.class, "kubevirt.yaml"));
  }
}
