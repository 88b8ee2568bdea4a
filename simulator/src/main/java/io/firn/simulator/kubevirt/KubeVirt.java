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
  private final GuestRegistry guests = new GuestRegistry();
  private final List<AdmissionPlugin> admission;
  private final AggregatedApi subresources;
  private final List<Controller> controllers;

  public KubeVirt(KubeVirtOptions options) {
    Identities ids = new Identities(options.seed());
    ApiClient api = new ApiClient(options.connect().apply(Accounts.API));
    ApiClient controller = new ApiClient(options.connect().apply(Accounts.CONTROLLER));
    ApiClient handler = new ApiClient(options.connect().apply(Accounts.HANDLER));
    this.admission = List.of(new MachineAdmission(ids::uuid), new InstanceAdmission(ids::uuid));
    this.subresources = new Subresources(api, guests, options.clock());
    this.controllers =
        List.of(
            new VirtController(controller, options.clock()),
            new VirtHandler(handler, options, guests, ids));
  }

  /// The CustomResourceDefinitions, to be created first.
  public static List<ObjectNode> definitions() {
    return Definitions.definitions();
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

  /// The running guests; also the source of their consoles.
  public GuestRegistry guests() {
    return guests;
  }
}
