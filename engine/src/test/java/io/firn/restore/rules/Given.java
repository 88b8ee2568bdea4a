package io.firn.restore.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Manifest.MachineFacts;
import io.firn.point.Manifest.VolumeFacts;
import io.firn.restore.rules.RestoreRules.Sanitized;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A captured point in the namespace `shop`, and what is asked of its restore.
final class Given {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private String targetNamespace = "shop";
  private final Map<ObjectRef, String> renames = new HashMap<>();
  private final Map<String, String> storageClasses = new HashMap<>();
  private boolean newMac;
  private boolean newFirmwareUuid;
  private final Map<String, MachineFacts> machines = new HashMap<>();
  private final Map<String, VolumeFacts> volumes = new HashMap<>();
  private final Set<String> dataVolumes = new HashSet<>();
  private final Set<String> succeeded = new HashSet<>();

  Given toNamespace(String namespace) {
    targetNamespace = namespace;
    return this;
  }

  Given renamed(io.firn.graph.ResourceKind kind, String name, String newName) {
    renames.put(ObjectRef.of(kind, "shop", name), newName);
    return this;
  }

  Given storageClass(String from, String to) {
    storageClasses.put(from, to);
    return this;
  }

  Given newMac() {
    newMac = true;
    return this;
  }

  Given newFirmwareUuid() {
    newFirmwareUuid = true;
    return this;
  }

  Given filledDataVolume(String name) {
    dataVolumes.add(name);
    succeeded.add(name);
    return volume(name, 1 << 20);
  }

  Given importingDataVolume(String name) {
    dataVolumes.add(name);
    return this;
  }

  Given volume(String claim, long capacityBytes) {
    volumes.put(
        claim,
        new VolumeFacts(
            claim,
            "Block",
            "fast",
            capacityBytes,
            capacityBytes,
            4096,
            "",
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0));
    return this;
  }

  Given machine(
      String name, String uuid, String instancetypeRevision, Map<String, String> annotations) {
    machines.put(
        name,
        new MachineFacts(
            ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", name),
            "uid",
            true,
            ConsistencyLevel.FILESYSTEM,
            "",
            Optional.empty(),
            0,
            0,
            List.of(),
            uuid.isEmpty() ? Optional.empty() : Optional.of(uuid),
            List.of(),
            instancetypeRevision.isEmpty() ? Optional.empty() : Optional.of(instancetypeRevision),
            Optional.empty(),
            annotations));
    return this;
  }

  RuleContext context() {
    return new RuleContext(
        "shop",
        targetNamespace,
        renames,
        storageClasses,
        newMac,
        newFirmwareUuid,
        machines,
        volumes,
        succeeded,
        dataVolumes,
        "p1/abc",
        "p1");
  }

  Sanitized restore(String yaml) {
    return RestoreRules.apply(object(yaml), context());
  }

  /// The restored definition.
  ObjectNode restored(String yaml) {
    return restore(yaml).object();
  }

  static ObjectNode object(String yaml) {
    try {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
