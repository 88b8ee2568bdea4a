package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Installed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import java.time.InstantSource;

/// The Node of this machine, Ready, with the labels that launcher pods select by.
final class NodeObject {
  static final ResourceType NODES = ResourceType.cluster("", "v1", "nodes", "Node");

  private NodeObject() {}

  static void register(ApiClient client, String address, InstantSource clock) {
    ObjectNode node = NODES.newObject("", NodeContext.NODE);
    ObjectNode labels = Meta.labels(node);
    labels.put("kubernetes.io/arch", "amd64").put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/hostname", NodeContext.NODE);
    labels.put("kubevirt.io/schedulable", "true");
    labels.put("machine-type.node.kubevirt.io/q35", "true");
    Meta.annotations(node).put(Installed.ANNOTATION, "true");
    node.putObject("spec");
    try {
      client.create(NODES, node);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
    client.modifyStatus(
        NODES,
        new ObjectKey("", NodeContext.NODE),
        one -> status(Fields.object(one, "status"), address, clock));
  }

  private static void status(ObjectNode status, String address, InstantSource clock) {
    for (String list : new String[] {"capacity", "allocatable"}) {
      status
          .putObject(list)
          .put("cpu", "8")
          .put("memory", "32Gi")
          .put("pods", "250")
          .put("ephemeral-storage", "1Ti")
          .put("devices.kubevirt.io/kvm", "1k")
          .put("devices.kubevirt.io/tun", "1k");
    }
    var addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", address);
    addresses.addObject().put("type", "Hostname").put("address", NodeContext.NODE);
    // Where a real API server asks for logs; ours reads them itself.
    status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", 10250);
    status
        .putObject("nodeInfo")
        .put("kubeletVersion", "v1.37.2")
        .put("osImage", "Firn simulator")
        .put("operatingSystem", "linux")
        .put("architecture", "amd64")
        .put("kernelVersion", "6.1.0")
        .put("containerRuntimeVersion", "simulator://1");
    PodReport.condition(status, "Ready", true, "", clock.instant());
  }
}
