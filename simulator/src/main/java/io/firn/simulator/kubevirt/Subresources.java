package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Manifests;
import java.time.InstantSource;
import java.util.List;

/// virt-api's aggregated group `subresources.kubevirt.io`: what is done to machines and instances
/// rather than stored in them.
final class Subresources implements AggregatedApi {
  private static final String GROUP = "subresources.kubevirt.io";

  private final InstanceActions instances;
  private final MachineActions machines;

  Subresources(ApiClient client, GuestRegistry guests, InstantSource clock) {
    ObjectGraphs graphs = new ObjectGraphs(client);
    this.instances = new InstanceActions(client, guests, clock, graphs);
    this.machines = new MachineActions(client, graphs);
  }

  @Override
  public String apiGroup() {
    return GROUP;
  }

  @Override
  public List<String> versions() {
    return List.of("v1", "v1alpha3");
  }

  @Override
  public JsonNode resources(String version) {
    ObjectNode list = Manifests.read(Subresources.class, "subresources-discovery.json");
    return list.put("groupVersion", GROUP + "/" + version);
  }

  @Override
  public Response handle(Request request) {
    String[] path = request.path().replaceAll("^/+", "").split("/");
    if (path.length < 4 || !path[0].equals("namespaces")) {
      return Answers.status(404, "NotFound", "the server could not find the requested resource");
    }
    String action = path.length > 4 ? path[4] : "";
    Call call = new Call(request.method(), path[1], path[3], action, request.body());
    try {
      return switch (path[2]) {
        case "virtualmachineinstances" -> instances.handle(call);
        case "virtualmachines" -> machines.handle(call);
        default ->
            Answers.status(404, "NotFound", "the server could not find the requested resource");
      };
    } catch (Answers.Refusal e) {
      return e.response();
    }
  }

  /// One request, taken apart.
  record Call(String method, String namespace, String name, String action, String body) {}
}
