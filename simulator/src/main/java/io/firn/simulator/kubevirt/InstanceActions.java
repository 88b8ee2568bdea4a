package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AggregatedApi.Response;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.guest.Guest.AgentException;
import io.firn.simulator.kubevirt.Subresources.Call;
import java.time.Duration;
import java.time.InstantSource;

/// Subresources of instances: freeze, unfreeze, pause, unpause, what the agent knows, object graph.
///
/// A success is 200 without a body. When freeze answers, the guest is frozen;
/// `status.fsFreezeStatus` follows later.
final class InstanceActions {
  private static final String RESOURCE = "virtualmachineinstance";

  private final ApiClient client;
  private final GuestRegistry guests;
  private final InstantSource clock;
  private final ObjectGraphs graphs;

  InstanceActions(
      ApiClient client, GuestRegistry guests, InstantSource clock, ObjectGraphs graphs) {
    this.client = client;
    this.guests = guests;
    this.clock = clock;
    this.graphs = graphs;
  }

  Response handle(Call call) {
    return switch (call.action()) {
      case "freeze", "unfreeze", "pause", "unpause" -> change(call);
      case "objectgraph" -> Answers.json(graphs.ofInstance(instance(call), call.body()));
      default -> ask(call);
    };
  }

  private Response change(Call call) {
    ObjectNode instance = instance(call);
    if (!Phases.of(instance).equals(Phases.RUNNING)) {
      boolean thaw = call.action().equals("unfreeze");
      throw Answers.conflict(
          RESOURCE, call.name(), thaw ? "VMI is not running" : "VM is not running");
    }
    RunningGuest guest = guest(instance);
    switch (call.action()) {
      case "freeze" -> freeze(call, instance, guest);
      case "unfreeze" -> thaw(guest);
      case "pause" -> pause(call, guest);
      default -> unpause(call, guest);
    }
    return Answers.done();
  }

  private void freeze(Call call, ObjectNode instance, RunningGuest guest) {
    Duration timeout = timeout(call.body());
    if (migrating(instance)) {
      throw Answers.nodeFailure(
          "server error. command Freeze failed: \"VMI is currently during migration\"");
    }
    try {
      guest.freeze(timeout, clock.instant());
    } catch (AgentException e) {
      throw Answers.nodeFailure("server error. command Freeze failed: \"" + e.getMessage() + "\"");
    }
  }

  private static Duration timeout(String body) {
    try {
      return FreezeBody.timeout(body);
    } catch (FreezeBody.Unreadable e) {
      throw Answers.nodeFailure(String.valueOf(e.getMessage()));
    }
  }

  private static boolean migrating(ObjectNode instance) {
    return Fields.has(instance, "status", "migrationState")
        && !Fields.at(instance, "status", "migrationState", "completed").asBoolean();
  }

  private static void thaw(RunningGuest guest) {
    try {
      guest.thaw();
    } catch (AgentException e) {
      throw Answers.nodeFailure(
          "server error. command Unfreeze failed: \"" + e.getMessage() + "\"");
    }
  }

  private static void pause(Call call, RunningGuest guest) {
    if (guest.paused()) {
      throw Answers.conflict(RESOURCE, call.name(), "VMI is already paused");
    }
    guest.pause();
  }

  private static void unpause(Call call, RunningGuest guest) {
    if (!guest.paused()) {
      throw Answers.conflict(RESOURCE, call.name(), "VMI is not paused");
    }
    guest.unpause();
  }

  /// What the agent knows.
  private Response ask(Call call) {
    ObjectNode instance =
        client
            .get(VirtTypes.INSTANCE, call.namespace(), call.name())
            .orElseThrow(() -> Answers.unreadable(Answers.notFoundText(RESOURCE, call.name())));
    if (!Phases.of(instance).equals(Phases.RUNNING)) {
      throw Answers.unreadable(Answers.conflictText(RESOURCE, call.name(), "VMI is not running"));
    }
    if (Conditions.find(instance, "AgentConnected").isEmpty()) {
      throw Answers.unreadable(
          Answers.conflictText(RESOURCE, call.name(), "VMI does not have guest agent connected"));
    }
    try {
      return Answers.json(AgentAnswers.of(call.action(), guest(instance)));
    } catch (AgentException e) {
      throw Answers.unreadable("unexpected return code 500, message: " + e.getMessage());
    }
  }

  private ObjectNode instance(Call call) {
    return client
        .get(VirtTypes.INSTANCE, call.namespace(), call.name())
        .orElseThrow(() -> Answers.notFound(RESOURCE, call.name()));
  }

  /// The guest behind a running instance; none is there when a real node agent runs it elsewhere.
  private RunningGuest guest(ObjectNode instance) {
    return guests
        .byUid(Meta.uid(instance))
        .filter(RunningGuest::alive)
        .orElseThrow(() -> Answers.nodeFailure("Failed to detect cmd client"));
  }
}
