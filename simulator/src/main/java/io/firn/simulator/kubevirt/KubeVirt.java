package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.client.ApiClient;
import java.util.List;

/// KubeVirt's parts for one cluster: what is installed, virt-api (admission and subresources),
/// virt-controller and virt-handler. Assembling starts nothing.
///
/// Order: install [#definitions], register [#admission] and [#subresources] with the API server,
/// create [#objects], start the [#controllers].
public final class KubeVirt {
  private final List<AdmissionPlugin> admission;
  private final AggregatedApi subresources;
  private final List<Controller> controllers;

  /// `agent` runs the guests.
  public KubeVirt(KubeVirtOptions options, NodeAgent agent) {
    Identities ids = agent.ids();
    ApiClient api = new ApiClient(options.connect().apply(Accounts.API));
    ApiClient controller = new ApiClient(options.connect().apply(Accounts.CONTROLLER));
    this.admission = List.of(new MachineAdmission(ids::uuid), new InstanceAdmission(ids::uuid));
    this.subresources = new Subresources(api, agent.guests(), options.clock());
    this.controllers = List.of(new VirtController(controller, options.clock()), agent.controller());
  }

  /// The CustomResourceDefinitions, to be created first.
  public static List<ObjectNode> definitions() {
    return Definitions.definitions();
  }

  /// Definitions that come with the network plugins of a cluster rather than with KubeVirt.
  public static List<ObjectNode> networkDefinitions() {
    return Definitions.network();
  }

  /// The roles for users, for an API server that aggregates roles.
  public static List<ObjectNode> roles() {
    return Definitions.roles();
  }

  /// The namespace and the KubeVirt object, to be created when the definitions are served.
  public static List<ObjectNode> objects() {
    return Definitions.objects();
  }

  public List<AdmissionPlugin> admission() {
    return admission;
  }

  public AggregatedApi subresources() {
    return subresources;
  }

  /// `virt-controller` and `virt-handler`.
  public List<Controller> controllers() {
    return controllers;
  }
}
