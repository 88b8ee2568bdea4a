package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Manifests that the tests of this package share.
final class Yaml {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Yaml() {}

  static ObjectNode parse(String yaml) {
    try {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An instance without disks that matter.
  static String instance(String namespace, String name) {
    return """
    apiVersion: kubevirt.io/v1
    kind: VirtualMachineInstance
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      domain:
        memory: {guest: 64Mi}
        devices: {disks: [{name: c, disk: {bus: virtio}}]}
      volumes: [{name: c, containerDisk: {image: "registry.example/x:1"}}]
    """
        .formatted(namespace, name);
  }

  /// A machine with one blank root disk of 16 MiB from a template `<name>-root`.
  static String machine(String namespace, String name, String strategy) {
    return """
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    metadata: {name: %2$s, namespace: %1$s, labels: {app: %2$s}}
    spec:
      runStrategy: %3$s
      dataVolumeTemplates:
        - metadata: {name: %2$s-root}
          spec:
            source: {blank: {}}
            storage:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 16Mi}}
      template:
        metadata: {labels: {app: %2$s}}
        spec:
          domain:
            memory: {guest: 64Mi}
            devices:
              disks: [{name: root, disk: {bus: virtio}}]
              interfaces: [{name: default, masquerade: {}}]
          networks: [{name: default, pod: {}}]
          volumes: [{name: root, dataVolume: {name: %2$s-root}}]
    """
        .formatted(namespace, name, strategy);
  }

  /// A machine on a claim that is there or not.
  static String machineOnClaim(String namespace, String name, String claim, String strategy) {
    return """
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      runStrategy: %4$s
      template:
        spec:
          domain:
            memory: {guest: 64Mi}
            devices: {disks: [{name: data, disk: {bus: virtio}}]}
          volumes: [{name: data, persistentVolumeClaim: {claimName: %3$s}}]
    """
        .formatted(namespace, name, claim, strategy);
  }
}
