package io.firn.point;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;

/// A manifest as a JSON tree; the reverse of [ManifestFields]. Stateless.
final class ManifestTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ManifestTree() {}

  static ObjectNode of(Manifest manifest) {
    ObjectNode tree = NODES.objectNode();
    tree.put("version", manifest.version());
    tree.put("firnVersion", manifest.firnVersion());
    tree.put("point", manifest.point().value());
    tree.put("capturedAt", manifest.capturedAt().toString());
    tree.putObject("cluster")
        .put("name", manifest.cluster().name())
        .put("uid", manifest.cluster().uid())
        .put("kubernetesVersion", manifest.cluster().kubernetesVersion());
    tree.put("namespace", manifest.namespace());
    ArrayNode machines = tree.putArray("machines");
    manifest.machines().forEach(m -> machines.add(machine(m)));
    ArrayNode volumes = tree.putArray("volumes");
    manifest.volumes().forEach(v -> volumes.add(volume(v)));
    ArrayNode definitions = tree.putArray("definitions");
    manifest.definitions().forEach(d -> definitions.add(ref(d)));
    ArrayNode excluded = tree.putArray("excluded");
    manifest
        .excluded()
        .forEach(e -> excluded.addObject().put("claim", e.claim()).put("reason", e.reason()));
    return tree;
  }

  private static ObjectNode machine(Manifest.MachineFacts facts) {
    ObjectNode tree = NODES.objectNode();
    tree.set("machine", ref(facts.machine()));
    tree.put("uid", facts.uid());
    tree.put("running", facts.running());
    tree.put("level", facts.level().label());
    tree.put("levelReason", facts.levelReason());
    facts.frozenBy().ifPresent(by -> tree.put("frozenBy", by));
    tree.put("freezeMillis", facts.freezeMillis());
    tree.put("skewMillis", facts.skewMillis());
    ArrayNode macs = tree.putArray("effectiveMacs");
    facts
        .effectiveMacs()
        .forEach(m -> macs.addObject().put("interface", m.interfaceName()).put("mac", m.mac()));
    facts.effectiveFirmwareUuid().ifPresent(uuid -> tree.put("effectiveFirmwareUuid", uuid));
    ArrayNode claims = tree.putArray("claims");
    facts.claims().forEach(claims::add);
    facts.instancetypeRevision().ifPresent(name -> tree.put("instancetypeRevision", name));
    facts.preferenceRevision().ifPresent(name -> tree.put("preferenceRevision", name));
    ObjectNode annotations = tree.putObject("effectiveAnnotations");
    facts.effectiveAnnotations().forEach(annotations::put);
    return tree;
  }

  private static ObjectNode volume(Manifest.VolumeFacts facts) {
    ObjectNode tree = NODES.objectNode();
    tree.put("claim", facts.claim());
    tree.put("volumeMode", facts.volumeMode());
    tree.put("storageClass", facts.storageClass());
    tree.put("capacityBytes", facts.capacityBytes());
    tree.put("sizeBytes", facts.sizeBytes());
    tree.put("blockSizeBytes", facts.blockSizeBytes());
    tree.put("digest", facts.digest());
    tree.put("cutAt", facts.cutAt().toString());
    facts.snapshotHandle().ifPresent(handle -> tree.put("snapshotHandle", handle));
    facts.driver().ifPresent(driver -> tree.put("driver", driver));
    tree.put("bytesRead", facts.bytesRead());
    tree.put("bytesNew", facts.bytesNew());
    tree.put("bytesStored", facts.bytesStored());
    return tree;
  }

  private static ObjectNode ref(ObjectRef ref) {
    return NODES
        .objectNode()
        .put("apiGroup", ref.apiGroup())
        .put("kind", ref.kind())
        .put("namespace", ref.namespace())
        .put("name", ref.name());
  }
}
