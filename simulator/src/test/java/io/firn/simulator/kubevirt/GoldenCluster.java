package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.Fields;

/// Makes the objects that the golden ones were made from.
final class GoldenCluster {
  private GoldenCluster() {}

  static void create(TestCluster cluster) {
    cluster.namespace("shop");
    cluster.namespace("lab");
    cluster.create(
        TestCluster.SECRET,
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: db-cloudinit, namespace: shop}
        stringData: {userdata: "#cloud-config"}
        """);
    cluster.create(
        VirtTypes.INSTANCETYPE,
        """
        apiVersion: instancetype.kubevirt.io/v1beta1
        kind: VirtualMachineInstancetype
        metadata: {name: small, namespace: shop}
        spec: {cpu: {guest: 1}, memory: {guest: 256Mi}}
        """);
    cluster.create(VirtTypes.MACHINE, ORDERS);
    cluster.create(VirtTypes.INSTANCE, SOLO);
    cluster.create(VirtTypes.REPLICA_SET, WORKERS);
    cluster.create(VirtTypes.POOL, POOL);
    running(cluster, "shop", "orders-db");
    running(cluster, "lab", "pool-0");
    cluster.await(VirtTypes.INSTANCE, "lab", "solo", GoldenCluster::connected);
    cluster.await(
        VirtTypes.REPLICA_SET,
        "lab",
        "workers",
        set -> Fields.at(set, "status", "readyReplicas").asInt() == 2);
    cluster
        .client()
        .list(VirtTypes.INSTANCE, "lab", "")
        .forEach(vmi ->
            cluster.await(
                VirtTypes.INSTANCE,
                "lab",
                Fields.text(vmi, "metadata", "name"),
                GoldenCluster::connected));
    cluster.await(
        VirtTypes.POOL,
        "lab",
        "pool",
        pool -> Fields.at(pool, "status", "readyReplicas").asInt() == 2);
  }

  private static void running(TestCluster cluster, String namespace, String name) {
    cluster.await(
        VirtTypes.MACHINE,
        namespace,
        name,
        vm -> Conditions.isTrue(vm, "AgentConnected") && Conditions.isTrue(vm, "Ready"));
  }

  private static boolean connected(ObjectNode instance) {
    return Conditions.isTrue(instance, "AgentConnected") && Conditions.isTrue(instance, "Ready");
  }

  private static final String ORDERS =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachine
      metadata: {name: orders-db, namespace: shop, labels: {app: orders}, annotations: {x: "1"}}
      spec:
        runStrategy: Always
        instancetype: {kind: VirtualMachineInstancetype, name: small}
        dataVolumeTemplates:
          - metadata: {name: orders-root}
            spec:
              source: {blank: {}}
              storage:
                storageClassName: fast
                accessModes: [ReadWriteOnce]
                resources: {requests: {storage: 1Gi}}
        template:
          metadata: {labels: {app: orders}}
          spec:
            domain:
              devices:
                tpm: {persistent: true}
                disks:
                  - {name: root, disk: {bus: virtio}}
                  - {name: ci, disk: {bus: virtio}}
                interfaces:
                  - {name: default, masquerade: {}, macAddress: "02:00:00:00:00:01"}
              firmware: {serial: abc}
            networks: [{name: default, pod: {}}]
            volumes:
              - {name: root, dataVolume: {name: orders-root}}
              - {name: ci, cloudInitNoCloud: {secretRef: {name: db-cloudinit}}}
      """;

  private static final String SOLO =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachineInstance
      metadata: {name: solo, namespace: lab}
      spec:
        domain:
          memory: {guest: 64Mi}
          devices: {disks: [{name: c, disk: {bus: virtio}}]}
        volumes: [{name: c, containerDisk: {image: "registry.example/x:1"}}]
      """;

  private static final String WORKERS =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachineInstanceReplicaSet
      metadata: {name: workers, namespace: lab}
      spec:
        replicas: 2
        selector: {matchLabels: {app: workers}}
        template:
          metadata: {labels: {app: workers}}
          spec:
            domain:
              memory: {guest: 64Mi}
              devices: {disks: [{name: c, disk: {bus: virtio}}]}
            volumes: [{name: c, containerDisk: {image: "registry.example/x:1"}}]
      """;

  private static final String POOL =
      """
      apiVersion: pool.kubevirt.io/v1beta1
      kind: VirtualMachinePool
      metadata: {name: pool, namespace: lab}
      spec:
        replicas: 2
        selector: {matchLabels: {app: pool}}
        virtualMachineTemplate:
          metadata: {labels: {app: pool}}
          spec:
            runStrategy: Always
            dataVolumeTemplates:
              - metadata: {name: pool-root}
                spec:
                  source: {blank: {}}
                  storage:
                    storageClassName: fast-wffc
                    accessModes: [ReadWriteOnce]
                    resources: {requests: {storage: 1Gi}}
            template:
              metadata: {labels: {app: pool}}
              spec:
                domain:
                  memory: {guest: 64Mi}
                  devices: {disks: [{name: root, disk: {bus: virtio}}]}
                volumes: [{name: root, dataVolume: {name: pool-root}}]
      """;
}
