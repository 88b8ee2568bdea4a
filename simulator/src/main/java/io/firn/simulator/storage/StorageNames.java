package io.firn.simulator.storage;

/// Names that CSI's controllers, the binder and their clients agree on.
final class StorageNames {
  /// The driver whose volumes can be snapshotted.
  static final String DRIVER = "csi.simulator.firn.io";

  /// A driver without a VolumeSnapshotClass.
  static final String PLAIN_DRIVER = "plain.simulator.firn.io";

  static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
  static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  static final String PROVISIONER_BETA = "volume.beta.kubernetes.io/storage-provisioner";
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
  static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";

  private static final String SNAPSHOTS = "snapshot.storage.kubernetes.io/";
  static final String DEFAULT_CLASS = SNAPSHOTS + "is-default-class";
  static final String BEING_CREATED = SNAPSHOTS + "volumesnapshot-being-created";
  static final String BEING_DELETED = SNAPSHOTS + "volumesnapshot-being-deleted";
  static final String SNAPSHOT_BOUND = SNAPSHOTS + "volumesnapshot-bound-protection";
  static final String SNAPSHOT_AS_SOURCE = SNAPSHOTS + "volumesnapshot-as-source-protection";
  static final String CONTENT_BOUND = SNAPSHOTS + "volumesnapshotcontent-bound-protection";
  static final String CLAIM_AS_SOURCE = SNAPSHOTS + "pvc-as-source-protection";
  static final String MODE_CHANGE = SNAPSHOTS + "allow-volume-mode-change";

  private StorageNames() {}

  static boolean isOurs(String driver) {
    return driver.equals(DRIVER) || driver.equals(PLAIN_DRIVER);
  }
}
