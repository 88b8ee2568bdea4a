package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Manifests;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
    Optional<SubresourceRoute> route =
        path.length == 5 && path[0].equals("namespaces")
            ? SubresourceRoute.of(path[2], path[4])
            : Optional.empty();
    if (route.isEmpty()) {
      return Answers.text(404, "404: Page Not Found");
    }
    return route.get().refusal(request).orElseGet(() -> pass(request, path));
  }

  private Response pass(Request request, String[] path) {
    Call call = new Call(path[1], path[3], path[4], request.body());
    try {
      return path[2].equals("virtualmachines") ? machines.handle(call) : instances.handle(call);
    } catch (Answers.Refusal e) {
      return e.response();
    }
  }

  /// One request, taken apart.
  record Call(String namespace, String name, String action, String body) {}
}
