package io.firn.graph.links;

import java.util.List;

/// Every family of edges. The order is that of KubeVirt's own graph as far as that goes, so that
/// relations of one object come in the order in which KubeVirt prints its children.
final class Rules {
  static final List<Links> ALL =
      List.of(
          new InstanceLinks(),
          new LauncherPodLinks(),
          new InstancetypeLinks(),
          new AccessCredentialLinks(),
          new VolumeLinks(),
          new BackendStorageLinks(),
          new StartRevisionLinks(),
          new DataVolumeLinks());

  private Rules() {}
}
