package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps as many instances as a VirtualMachineInstanceReplicaSet asks for; adopts those without an
/// owner that its selector picks, replaces those that have ended.
final class ReplicaSetReconciler {
  private final ApiClient client;

  ReplicaSetReconciler(ApiClient client) {
    this.client = client;
  }

  Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> read = client.get(VirtTypes.REPLICA_SET, key.namespace(), key.name());
    if (read.isEmpty() || Meta.deleting(read.get())) {
      return Optional.empty();
    }
    ObjectNode set =
        client
            .modify(
                VirtTypes.REPLICA_SET,
                key,
                found -> {
                  InstanceBuilder.observed(Meta.annotations(found));
                  Fields.object(found, "spec", "template", "spec", "domain", "resources");
                })
            .orElse(read.get());
    List<ObjectNode> live = members(set);
    if (!Fields.at(set, "spec", "paused").asBoolean()) {
      scale(set, live);
      live = members(set);
    }
    status(key, set, live);
    return Optional.empty();
  }

  private List<ObjectNode> members(ObjectNode set) {
    List<ObjectNode> live = new ArrayList<>();
    for (ObjectNode instance : client.list(VirtTypes.INSTANCE, Meta.namespace(set), "")) {
      if (Meta.deleting(instance)) {
        continue;
      }
      boolean own = Meta.controlledBy(instance, Meta.uid(set));
      if (own && Phases.isFinal(instance)) {
        client.delete(VirtTypes.INSTANCE, ObjectKey.of(instance));
      } else if (own) {
        live.add(instance);
      } else if (Meta.controller(instance).isEmpty() && Selectors.picks(set, instance)) {
        adopt(set, instance);
        live.add(instance);
      }
    }
    return live;
  }

  private void adopt(ObjectNode set, ObjectNode instance) {
    client.modify(
        VirtTypes.INSTANCE,
        ObjectKey.of(instance),
        found -> {
          if (Meta.controller(found).isEmpty()) {
            Meta.setController(found, set);
          }
        });
  }

  private void scale(ObjectNode set, List<ObjectNode> live) {
    int wanted = Fields.at(set, "spec", "replicas").asInt(1);
    for (int i = live.size(); i < wanted; i++) {
      client.create(VirtTypes.INSTANCE, member(set));
    }
    for (int i = live.size(); i > wanted; i--) {
      client.delete(VirtTypes.INSTANCE, ObjectKey.of(live.get(i - 1)));
    }
  }

  private static ObjectNode member(ObjectNode set) {
    ObjectNode instance = VirtTypes.INSTANCE.newObject(Meta.namespace(set), "");
    Fields.object(instance, "metadata").put("generateName", Meta.name(set));
    JsonNode template = Fields.at(set, "spec", "template");
    InstanceBuilder.copy(Fields.at(template, "metadata", "labels"), Meta.labels(instance));
    InstanceBuilder.copy(
        Fields.at(template, "metadata", "annotations"), Meta.annotations(instance));
    Meta.setController(instance, set);
    instance.set("spec", template.path("spec").deepCopy());
    return instance;
  }

  private void status(ObjectKey key, ObjectNode set, List<ObjectNode> live) {
    long ready = live.stream().filter(one -> Conditions.isTrue(one, "Ready")).count();
    String selector = Selectors.text(set);
    client.modifyStatus(
        VirtTypes.REPLICA_SET,
        key,
        found -> {
          ObjectNode status = Fields.object(found, "status");
          status.put("labelSelector", selector);
          count(status, "readyReplicas", (int) ready);
          count(status, "replicas", live.size());
        });
  }

  static void count(ObjectNode status, String field, int value) {
    if (value == 0) {
      status.remove(field);
    } else if (!text(status, field).equals(Integer.toString(value))) {
      status.put(field, value);
    }
  }
}
