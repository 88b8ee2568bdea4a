package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;

/// What can be done to a pod besides writing it: eviction, and binding to a node.
final class PodActions {
  private static final ResourceId BUDGETS = new ResourceId("policy", "poddisruptionbudgets");

  private final Store store;
  private final Reads reads;
  private final Writes writes;
  private final Deletions deletions;
  private final InstantSource clock;

  PodActions(Store store, Reads reads, Writes writes, Deletions deletions, InstantSource clock) {
    this.store = store;
    this.reads = reads;
    this.writes = writes;
    this.deletions = deletions;
    this.clock = clock;
  }

  /// Marks and deletes the pod unless a disruption budget that selects it allows no disruption now.
  Reply evict(Target target, ApiRequest request) {
    Target pod = target.sub("");
    ObjectNode present = reads.require(pod);
    for (ObjectNode budget : store.list(BUDGETS, target.namespace()).items()) {
      boolean selects = Labels.match(budget.at("/spec/selector"), present);
      if (selects && budget.at("/status/disruptionsAllowed").asInt() <= 0) {
        throw ApiFailure.of(
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.");
      }
    }
    DeleteOptions options = DeleteOptions.of(request, request.object().path("deleteOptions"));
    deletions.delete(pod, options.write().dryRun() ? options : marked(pod, options));
    return success(201);
  }

  /// Says on the pod why it goes, past admission as kube-apiserver does, so that its Job can tell.
  /// A revision that the client named holds for the pod as it was before.
  private DeleteOptions marked(Target pod, DeleteOptions options) {
    while (true) {
      ObjectNode present = reads.require(pod);
      Deletions.checkPreconditions(pod, present, options);
      ObjectNode next = present.deepCopy();
      markDisrupted(Json.child(next, "status"));
      if (Unchanged.test(present, next)) {
        return options;
      }
      if (store.replace(pod.key(), Meta.revision(present), next)) {
        return options.revision().isEmpty()
            ? options
            : options.onlyRevision(Meta.of(next).path("resourceVersion").asText());
      }
    }
  }

  private void markDisrupted(ObjectNode status) {
    ArrayNode conditions = status.withArray("conditions");
    ObjectNode condition =
        conditions
            .valueStream()
            .filter(one -> one.path("type").asText().equals("DisruptionTarget"))
            .map(ObjectNode.class::cast)
            .findFirst()
            .orElseGet(conditions::addObject);
    if (!condition.path("status").asText().equals("True")) {
      condition.putNull("lastProbeTime").put("lastTransitionTime", Meta.time(clock.instant()));
    }
    condition
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", "EvictionByEvictionAPI")
        .put("message", "Eviction API: evicting");
  }

  /// Assigns a pod to a node, as a scheduler does.
  Reply bind(Target target, ApiRequest request) {
    ObjectNode binding = request.object();
    Target pod = podOf(target, Meta.name(binding));
    ObjectNode present = reads.require(pod);
    String node = present.at("/spec/nodeName").asText();
    if (!node.isEmpty()) {
      throw ApiFailure.conflict(
          pod.resource().id(),
          pod.name(),
          "pod " + pod.name() + " is already assigned to node \"" + node + "\"");
    }
    ObjectNode change = Json.object();
    change.putObject("spec").put("nodeName", binding.at("/target/name").asText());
    writes.patch(pod, new Patch.Merge(change), WriteOptions.of(request));
    return success(201);
  }

  private Target podOf(Target target, String name) {
    return target.resource().plural().equals("pods")
        ? target.sub("")
        : Target.stored(PODS, target.namespace(), name);
  }

  private static final Resource PODS =
      BuiltinResources.all().stream()
          .filter(resource -> resource.id().equals(new ResourceId("", "pods")))
          .findFirst()
          .orElseThrow();

  private static Reply success(int code) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return Reply.json(code, status.put("status", "Success").put("code", code));
  }
}
