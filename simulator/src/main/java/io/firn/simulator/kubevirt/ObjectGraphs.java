package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// KubeVirt's own object graph, with the gaps that it has: kinds that are left empty in a matcher,
/// and volumes of kinds that it does not know, give no node.
final class ObjectGraphs {
  private final ApiClient client;

  ObjectGraphs(ApiClient client) {
    this.client = client;
  }

  /// `options` is the request's body: includeOptionalNodes and labelSelector.
  ObjectNode ofMachine(ObjectNode machine, String options) {
    String namespace = Meta.namespace(machine);
    List<GraphNodes.Node> children = new ArrayList<>();
    if (at(machine, "status", "created").asBoolean()) {
      client
          .get(VirtTypes.INSTANCE, namespace, Meta.name(machine))
          .ifPresent(instance -> children.add(instanceNode(instance)));
    }
    matcher(machine, "instancetype", children);
    matcher(machine, "preference", children);
    JsonNode spec = at(machine, "spec", "template", "spec");
    SpecNodes.credentials(namespace, spec, children);
    SpecNodes.volumes(namespace, spec, children);
    backend(machine, spec, children);
    SpecNodes.networks(namespace, spec, children);
    return GraphNodes.compute("VirtualMachine", namespace, Meta.name(machine), children)
        .json(GraphFilter.of(options));
  }

  ObjectNode ofInstance(ObjectNode instance, String options) {
    List<GraphNodes.Node> children = new ArrayList<>(pods(instance));
    JsonNode spec = instance.path("spec");
    String namespace = Meta.namespace(instance);
    SpecNodes.credentials(namespace, spec, children);
    SpecNodes.volumes(namespace, spec, children);
    for (ObjectNode status : objects(instance, "status", "volumeStatus")) {
      if (text(status, "name").startsWith(BackendStorage.LABEL)) {
        String claim = text(status, "persistentVolumeClaimInfo", "claimName");
        children.add(GraphNodes.claim(namespace, claim));
      }
    }
    SpecNodes.networks(namespace, spec, children);
    return GraphNodes.compute("VirtualMachineInstance", namespace, Meta.name(instance), children)
        .json(GraphFilter.of(options));
  }

  private GraphNodes.Node instanceNode(ObjectNode instance) {
    return GraphNodes.compute(
        "VirtualMachineInstance", Meta.namespace(instance), Meta.name(instance), pods(instance));
  }

  private List<GraphNodes.Node> pods(ObjectNode instance) {
    return client.list(Types.POD, Meta.namespace(instance), "kubevirt.io=virt-launcher").stream()
        .filter(pod -> Meta.controlledBy(pod, Meta.uid(instance)))
        .limit(1)
        .map(pod ->
            new GraphNodes.Node(
                "", "Pod", Meta.namespace(pod), Meta.name(pod), "compute", false, List.of()))
        .toList();
  }

  private void matcher(ObjectNode machine, String field, List<GraphNodes.Node> children) {
    JsonNode matcher = at(machine, "spec", field);
    String kind = text(matcher, "kind");
    if (!kind.isEmpty() && !kind.toLowerCase(Locale.ROOT).endsWith("s")) {
      boolean cluster = kind.toLowerCase(Locale.ROOT).contains("cluster");
      children.add(
          new GraphNodes.Node(
              "instancetype.kubevirt.io",
              kind,
              cluster ? "" : Meta.namespace(machine),
              text(matcher, "name"),
              "config",
              true,
              List.of()));
    }
    String stored = text(machine, "status", field + "Ref", "controllerRevisionRef", "name");
    boolean told = has(machine, "status", field + "Ref");
    String revision = told ? stored : text(matcher, "revisionName");
    if (!revision.isEmpty()) {
      children.add(
          new GraphNodes.Node(
              "apps",
              "ControllerRevision",
              Meta.namespace(machine),
              revision,
              "config",
              false,
              List.of()));
    }
  }

  /// A machine that needs backend storage and has none yet has no graph.
  private void backend(ObjectNode machine, JsonNode spec, List<GraphNodes.Node> children) {
    if (!BackendStorage.needed(spec)) {
      return;
    }
    Optional<ObjectNode> claim = new BackendStorage(client).find(machine);
    children.add(
        claim
            .map(found -> GraphNodes.claim(Meta.namespace(found), Meta.name(found)))
            .orElseThrow(() ->
                new Answers.Refusal(
                    Answers.status(
                        500,
                        "InternalError",
                        "Internal error occurred: backend storage PVC of "
                            + Fields.text(machine, "metadata", "name")
                            + " not found"))));
  }
}
