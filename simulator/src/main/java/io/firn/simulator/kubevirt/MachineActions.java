package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.array;
import static io.firn.simulator.client.Fields.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AggregatedApi.Response;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.kubevirt.RunDecision.RunStrategy;
import io.firn.simulator.kubevirt.Subresources.Call;
import java.util.Optional;

/// Subresources of machines: start, stop, restart, expand-spec, object graph. Starting and stopping
/// changes the run strategy where that is what keeps the machine as it is; otherwise it leaves a
/// request in the status.
final class MachineActions {
  private static final String RESOURCE = "virtualmachine";

  private final ApiClient client;
  private final ObjectGraphs graphs;

  MachineActions(ApiClient client, ObjectGraphs graphs) {
    this.client = client;
    this.graphs = graphs;
  }

  Response handle(Call call) {
    ObjectNode machine =
        client
            .get(VirtTypes.MACHINE, call.namespace(), call.name())
            .orElseThrow(() -> Answers.notFound(RESOURCE, call.name()));
    return switch (call.action()) {
      case "start" -> start(call, machine);
      case "stop" -> stop(call, machine);
      case "restart" -> restart(call, machine);
      case "expand-spec" -> expand(machine);
      default -> Answers.json(graphs.ofMachine(machine, call.body()));
    };
  }

  private Optional<ObjectNode> instance(Call call) {
    return client
        .get(VirtTypes.INSTANCE, call.namespace(), call.name())
        .filter(instance -> !Phases.isFinal(instance));
  }

  private Response start(Call call, ObjectNode machine) {
    if (instance(call).isPresent()) {
      throw Answers.conflict(RESOURCE, call.name(), "VM is already running");
    }
    switch (RunRequests.strategy(machine)) {
      case HALTED -> strategy(machine, RunStrategy.ALWAYS);
      case MANUAL, RERUN_ON_FAILURE -> request(machine, "Start", "");
      case ALWAYS ->
          throw Answers.conflict(
              RESOURCE, call.name(), "Always does not support manual start requests");
      case ONCE ->
          throw Answers.conflict(
              RESOURCE, call.name(), "Once does not support manual start requests");
    }
    return Answers.accepted();
  }

  private Response stop(Call call, ObjectNode machine) {
    Optional<ObjectNode> instance = instance(call);
    switch (RunRequests.strategy(machine)) {
      case HALTED -> throw Answers.conflict(RESOURCE, call.name(), "VM is not running");
      case MANUAL -> {
        ObjectNode running =
            instance.orElseThrow(
                () -> Answers.conflict(RESOURCE, call.name(), "VM is not running"));
        request(machine, "Stop", Meta.uid(running));
      }
      case ALWAYS, RERUN_ON_FAILURE, ONCE -> strategy(machine, RunStrategy.HALTED);
    }
    return Answers.accepted();
  }

  private Response restart(Call call, ObjectNode machine) {
    RunStrategy strategy = RunRequests.strategy(machine);
    if (strategy == RunStrategy.HALTED || strategy == RunStrategy.ONCE) {
      throw Answers.conflict(
          RESOURCE, call.name(), strategy.text() + " does not support manual restart requests");
    }
    ObjectNode running =
        instance(call)
            .orElseThrow(
                () -> Answers.conflict(RESOURCE, call.name(), "VM is not running: " + call.name()));
    request(machine, "Stop", Meta.uid(running));
    request(machine, "Start", "");
    return Answers.accepted();
  }

  private void strategy(ObjectNode machine, RunStrategy strategy) {
    client.modify(
        VirtTypes.MACHINE,
        ObjectKey.of(machine),
        found -> {
          if (Fields.has(found, "spec", "running")) {
            object(found, "spec").put("running", strategy == RunStrategy.ALWAYS);
          } else {
            object(found, "spec").put("runStrategy", strategy.text());
          }
        });
  }

  private void request(ObjectNode machine, String action, String uid) {
    client.modifyStatus(
        VirtTypes.MACHINE,
        ObjectKey.of(machine),
        found -> {
          ObjectNode request =
              array(found, "status", "stateChangeRequests").addObject().put("action", action);
          if (!uid.isEmpty()) {
            request.put("uid", uid);
          }
        });
  }

  private Response expand(ObjectNode machine) {
    ObjectNode expanded = machine.deepCopy();
    try {
      Flavor flavor = new Instancetypes(client).peek(machine);
      Expansion.apply(object(expanded, "spec", "template", "spec"), flavor);
    } catch (Instancetypes.NotFound e) {
      return Answers.status(404, "NotFound", e.getMessage());
    }
    object(expanded, "spec").remove(java.util.List.of("instancetype", "preference"));
    return Answers.json(expanded);
  }
}
