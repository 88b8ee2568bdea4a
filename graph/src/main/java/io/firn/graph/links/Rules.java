package io.firn.graph.links;

import java.util.List;

/// Every family of edges. The order is that of KubeVirt's own graph as far as that goes, so that
/// relations of one object come in the order in which KubeVirt prints its children.
final class Rules {
  static final List<Links> ALL =
      List.of(
          new InstanceOwnership(),
          new MachineState(),
          new ReplicaSetLinks(),
          new PoolLinks(),
          new InstanceLinks(),
          new LauncherPodLinks(),
          new InstancetypeLinks(),
          new AccessCredentialLinks(),
          new VolumeLinks(),
          new PendingVolumeLinks(),
          new DataVolumeTemplateLinks(),
          new HotplugLinks(),
          new BackendStorageLinks(),
          new ReplicaStateLinks(),
          new NetworkLinks(),
          new SidecarLinks(),
          new KernelBootLinks(),
          new ServiceAccountLinks(),
          new ResourceClaimLinks(),
          new SchedulingLinks(),
          new ServiceLinks(),
          new DataVolumeLinks(),
          new DataSourceLinks(),
          new ClaimLinks(),
          new StorageClassLinks(),
          new RoleLinks(),
          new StartRevisionLinks(),
          new UtilityVolumeLinks(),
          new DisruptionBudgetLinks(),
          new MigrationLinks(),
          new ActionLinks(),
          new SnapshotContentLinks(),
          new RunSnapshotLinks());

  private Rules() {}
}
