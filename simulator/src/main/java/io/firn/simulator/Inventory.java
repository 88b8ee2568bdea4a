package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.cdi.Cdi;
import io.firn.simulator.client.Types;
import io.firn.simulator.kubevirt.KubeVirt;
import io.firn.simulator.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/// What a cluster needs beside its API server, less what somebody else has installed.
record Inventory(Present present) {
  List<ObjectNode> namespaces() {
    List<ObjectNode> all = new ArrayList<>();
    for (String name : List.of("default", "kube-system", "kubevirt", "cdi")) {
      all.add(Types.NAMESPACE.newObject("", name));
    }
    return all;
  }

  List<ObjectNode> definitions() {
    List<ObjectNode> all = new ArrayList<>();
    if (!present.snapshots()) {
      all.addAll(Storage.definitions());
    }
    if (!present.kubeVirt()) {
      all.addAll(KubeVirt.definitions());
    }
    all.addAll(KubeVirt.networkDefinitions());
    if (!present.cdi()) {
      all.addAll(Cdi.definitions());
    }
    return all;
  }

  /// To be created when the definitions are served.
  List<ObjectNode> objects() {
    List<ObjectNode> all = new ArrayList<>(Storage.objects());
    if (!present.kubeVirt()) {
      all.addAll(KubeVirt.objects());
    }
    if (present.controllers()) {
      all.addAll(roles());
    }
    return all;
  }

  /// Aggregated by Kubernetes' own controllers, which the simulator's API server has in another
  /// way.
  private List<ObjectNode> roles() {
    List<ObjectNode> all = new ArrayList<>();
    if (!present.kubeVirt()) {
      all.addAll(KubeVirt.roles());
    }
    if (!present.cdi()) {
      all.addAll(Cdi.roles());
    }
    return all;
  }
}
