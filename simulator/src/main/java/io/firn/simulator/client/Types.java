package io.firn.simulator.client;

import static io.firn.simulator.client.ResourceType.cluster;
import static io.firn.simulator.client.ResourceType.namespaced;

/// The built-in kinds that controllers use.
public final class Types {
  public static final ResourceType NAMESPACE = cluster("", "v1", "namespaces", "Namespace");
  public static final ResourceType POD = namespaced("", "v1", "pods", "Pod");
  public static final ResourceType EVENT = namespaced("", "v1", "events", "Event");
  public static final ResourceType CLAIM =
      namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
  public static final ResourceType VOLUME =
      cluster("", "v1", "persistentvolumes", "PersistentVolume");
  public static final ResourceType CONTROLLER_REVISION =
      namespaced("apps", "v1", "controllerrevisions", "ControllerRevision");
  public static final ResourceType DISRUPTION_BUDGET =
      namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
  public static final ResourceType STORAGE_CLASS =
      cluster("storage.k8s.io", "v1", "storageclasses", "StorageClass");
  public static final ResourceType SNAPSHOT =
      namespaced("snapshot.storage.k8s.io", "v1", "volumesnapshots", "VolumeSnapshot");
  public static final ResourceType SNAPSHOT_CONTENT =
      cluster("snapshot.storage.k8s.io", "v1", "volumesnapshotcontents", "VolumeSnapshotContent");
  public static final ResourceType SNAPSHOT_CLASS =
      cluster("snapshot.storage.k8s.io", "v1", "volumesnapshotclasses", "VolumeSnapshotClass");
  public static final ResourceType CRD =
      cluster(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

  private Types() {}
}
