package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.run.Awaiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Brings objects into being stage by stage, and waits for what the next stage relies on.
record Applying(
    ClusterObjects objects, Awaiting waits, Making making, RestorePlan plan, Duration deadline) {
  private static final String PRE_POPULATED = "cdi.kubevirt.io/storage.prePopulated";

  /// Creates what the plan creates in that stage.
  List<ObjectRef> create(RestoreStage stage) {
    List<RestoreAction.Create> actions =
        plan.of(RestoreAction.Create.class).stream()
            .filter(a -> RestoreStage.of(a.target()).filter(stage::equals).isPresent())
            .toList();
    actions.forEach(action -> making.create(prepared(stage, action.object())));
    return actions.stream().map(RestoreAction.Create::target).toList();
  }

  /// What starts by itself is made when all else is done, so it carries the sign of that.
  private static ObjectNode prepared(RestoreStage stage, ObjectNode object) {
    if (stage == RestoreStage.STARTING) {
      ObjectNode marked = object.deepCopy();
      marked.withObject("/metadata/annotations").put(TargetCluster.PHASE, TargetCluster.STARTED);
      return marked;
    }
    return object;
  }

  /// Waits until CDI has handed each filled claim to its DataVolume. Success of the DataVolume
  /// alone says nothing: it comes before the claim is even bound.
  void awaitHandover() {
    for (RestoreAction action : plan.actions()) {
      boolean dataVolume = action.target().kind().equals(Kinds.DATA_VOLUME.kind());
      if (dataVolume && action instanceof RestoreAction.Create create && handedOver(create)) {
        ObjectNode owner =
            waits
                .await(
                    create.target(),
                    create.target() + " to succeed",
                    dv -> dv.filter(o -> phase(o).equals("Succeeded")).isPresent(),
                    deadline)
                .orElseThrow();
        String uid = owner.path("metadata").path("uid").asText();
        ObjectRef filled =
            ObjectRef.of(Kinds.CLAIM, create.target().namespace(), create.target().name());
        waits.await(
            filled,
            filled + " to be taken over by its DataVolume",
            claim -> claim.filter(o -> controlledBy(o, uid)).isPresent(),
            deadline);
      }
    }
  }

  private static boolean handedOver(RestoreAction.Create create) {
    return !TargetCluster.annotation(create.object(), PRE_POPULATED).isEmpty();
  }

  /// Waits until KubeVirt has resolved instancetype and preference; returns what it could not.
  List<String> awaitMachines() {
    return plan.machines().stream()
        .flatMap(machine -> awaitMachine(machine.target()).stream())
        .toList();
  }

  private Optional<String> awaitMachine(ObjectRef machine) {
    try {
      waits.await(
          machine,
          "KubeVirt to accept " + machine,
          now -> now.filter(Applying::resolved).isPresent(),
          Applying::failure,
          deadline);
      return Optional.empty();
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.TIMEOUT && !Thread.currentThread().isInterrupted()) {
        return Optional.of(
            "KubeVirt has not accepted "
                + machine
                + " yet: its instancetype or preference is not resolved"
                + Optional.ofNullable(e.context().get("cause"))
                    .filter(cause -> !cause.isEmpty())
                    .map(cause -> " (" + cause + ")")
                    .orElse(""));
      }
      throw e;
    }
  }

  /// What KubeVirt says of it: a failure is a condition there.
  private static String failure(Optional<ObjectNode> machine) {
    return machine.stream()
        .flatMap(o -> o.at("/status/conditions").valueStream())
        .filter(condition -> condition.path("type").asText().equals("Failure"))
        .map(condition -> condition.path("message").asText())
        .findFirst()
        .orElse("");
  }

  private static boolean resolved(ObjectNode machine) {
    return machine.path("status").hasNonNull("printableStatus")
        && resolved(machine, "instancetype", "instancetypeRef")
        && resolved(machine, "preference", "preferenceRef");
  }

  private static boolean resolved(ObjectNode machine, String matcher, String ref) {
    String revision = machine.path("spec").path(matcher).path("revisionName").asText("");
    return revision.isEmpty()
        || !machine
            .path("status")
            .path(ref)
            .path("controllerRevisionRef")
            .path("name")
            .asText("")
            .isEmpty();
  }

  /// Gives machines their property, so that it is deleted with them.
  void own() {
    for (PlannedMachine machine : plan.machines()) {
      Optional<ObjectNode> owner = objects.get(machine.target());
      for (ObjectRef owned : machine.owned()) {
        owner.ifPresent(o -> making.patch(owned, ownedBy(o)));
      }
    }
  }

  private static ObjectNode ownedBy(ObjectNode machine) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", Kinds.VIRTUAL_MACHINE.apiVersion())
        .put("kind", Kinds.VIRTUAL_MACHINE.kind())
        .put("name", machine.path("metadata").path("name").asText())
        .put("uid", machine.path("metadata").path("uid").asText())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    return patch;
  }

  private static String phase(JsonNode object) {
    return object.path("status").path("phase").asText("");
  }

  private static boolean controlledBy(JsonNode object, String uid) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean() && owner.path("uid").asText().equals(uid)) {
        return true;
      }
    }
    return false;
  }
}
