package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.ResourceType.cluster;
import static io.firn.simulator.client.ResourceType.namespaced;

import io.firn.simulator.client.ResourceType;

/// KubeVirt's kinds.
public final class VirtTypes {
  private static final String INSTANCETYPE_GROUP = "instancetype.kubevirt.io";

  public static final ResourceType MACHINE =
      namespaced("kubevirt.io", "v1", "virtualmachines", "VirtualMachine");
  public static final ResourceType INSTANCE =
      namespaced("kubevirt.io", "v1", "virtualmachineinstances", "VirtualMachineInstance");
  public static final ResourceType REPLICA_SET =
      namespaced(
          "kubevirt.io",
          "v1",
          "virtualmachineinstancereplicasets",
          "VirtualMachineInstanceReplicaSet");
  public static final ResourceType MIGRATION =
      namespaced(
          "kubevirt.io",
          "v1",
          "virtualmachineinstancemigrations",
          "VirtualMachineInstanceMigration");
  public static final ResourceType KUBEVIRT =
      namespaced("kubevirt.io", "v1", "kubevirts", "KubeVirt");
  public static final ResourceType POOL =
      namespaced("pool.kubevirt.io", "v1beta1", "virtualmachinepools", "VirtualMachinePool");
  public static final ResourceType INSTANCETYPE =
      namespaced(
          INSTANCETYPE_GROUP,
          "v1beta1",
          "virtualmachineinstancetypes",
          "VirtualMachineInstancetype");
  public static final ResourceType CLUSTER_INSTANCETYPE =
      cluster(
          INSTANCETYPE_GROUP,
          "v1beta1",
          "virtualmachineclusterinstancetypes",
          "VirtualMachineClusterInstancetype");
  public static final ResourceType PREFERENCE =
      namespaced(
          INSTANCETYPE_GROUP, "v1beta1", "virtualmachinepreferences", "VirtualMachinePreference");
  public static final ResourceType CLUSTER_PREFERENCE =
      cluster(
          INSTANCETYPE_GROUP,
          "v1beta1",
          "virtualmachineclusterpreferences",
          "VirtualMachineClusterPreference");

  private VirtTypes() {}
}
