package io.firn.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The resource types that a virtual machine can be made of, and those that Firn itself uses.
public final class Kinds {
  public static final ResourceKind NAMESPACE = cluster("", "v1", "Namespace", "namespaces");
  public static final ResourceKind POD = in("", "v1", "Pod", "pods");
  public static final ResourceKind SECRET = in("", "v1", "Secret", "secrets");
  public static final ResourceKind CONFIG_MAP = in("", "v1", "ConfigMap", "configmaps");
  public static final ResourceKind SERVICE = in("", "v1", "Service", "services");
  public static final ResourceKind SERVICE_ACCOUNT =
      in("", "v1", "ServiceAccount", "serviceaccounts");
  public static final ResourceKind CLAIM =
      in("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims");
  public static final ResourceKind VOLUME =
      cluster("", "v1", "PersistentVolume", "persistentvolumes");
  public static final ResourceKind EVENT = in("", "v1", "Event", "events");
  public static final ResourceKind NODE = cluster("", "v1", "Node", "nodes");
  public static final ResourceKind CONTROLLER_REVISION =
      in("apps", "v1", "ControllerRevision", "controllerrevisions");
  public static final ResourceKind JOB = in("batch", "v1", "Job", "jobs");
  public static final ResourceKind ROLE = in("rbac.authorization.k8s.io", "v1", "Role", "roles");
  public static final ResourceKind ROLE_BINDING =
      in("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings");
  public static final ResourceKind DISRUPTION_BUDGET =
      in("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets");
  public static final ResourceKind PRIORITY_CLASS =
      cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses");
  public static final ResourceKind STORAGE_CLASS =
      cluster("storage.k8s.io", "v1", "StorageClass", "storageclasses");
  public static final ResourceKind RESOURCE_CLAIM =
      in("resource.k8s.io", "v1", "ResourceClaim", "resourceclaims");
  public static final ResourceKind RESOURCE_CLAIM_TEMPLATE =
      in("resource.k8s.io", "v1", "ResourceClaimTemplate", "resourceclaimtemplates");

  public static final ResourceKind VOLUME_SNAPSHOT =
      in("snapshot.storage.k8s.io", "v1", "VolumeSnapshot", "volumesnapshots");
  public static final ResourceKind VOLUME_SNAPSHOT_CONTENT =
      cluster("snapshot.storage.k8s.io", "v1", "VolumeSnapshotContent", "volumesnapshotcontents");
  public static final ResourceKind VOLUME_SNAPSHOT_CLASS =
      cluster("snapshot.storage.k8s.io", "v1", "VolumeSnapshotClass", "volumesnapshotclasses");

  public static final ResourceKind VIRTUAL_MACHINE =
      in("kubevirt.io", "v1", "VirtualMachine", "virtualmachines");
  public static final ResourceKind INSTANCE =
      in("kubevirt.io", "v1", "VirtualMachineInstance", "virtualmachineinstances");
  public static final ResourceKind REPLICA_SET =
      in(
          "kubevirt.io",
          "v1",
          "VirtualMachineInstanceReplicaSet",
          "virtualmachineinstancereplicasets");
  public static final ResourceKind MIGRATION =
      in(
          "kubevirt.io",
          "v1",
          "VirtualMachineInstanceMigration",
          "virtualmachineinstancemigrations");
  public static final ResourceKind POOL =
      in("pool.kubevirt.io", "v1beta1", "VirtualMachinePool", "virtualmachinepools");
  public static final ResourceKind INSTANCETYPE =
      in(
          "instancetype.kubevirt.io",
          "v1beta1",
          "VirtualMachineInstancetype",
          "virtualmachineinstancetypes");
  public static final ResourceKind CLUSTER_INSTANCETYPE =
      cluster(
          "instancetype.kubevirt.io",
          "v1beta1",
          "VirtualMachineClusterInstancetype",
          "virtualmachineclusterinstancetypes");
  public static final ResourceKind PREFERENCE =
      in(
          "instancetype.kubevirt.io",
          "v1beta1",
          "VirtualMachinePreference",
          "virtualmachinepreferences");
  public static final ResourceKind CLUSTER_PREFERENCE =
      cluster(
          "instancetype.kubevirt.io",
          "v1beta1",
          "VirtualMachineClusterPreference",
          "virtualmachineclusterpreferences");
  public static final ResourceKind VM_SNAPSHOT =
      in("snapshot.kubevirt.io", "v1beta1", "VirtualMachineSnapshot", "virtualmachinesnapshots");
  public static final ResourceKind VM_SNAPSHOT_CONTENT =
      in(
          "snapshot.kubevirt.io",
          "v1beta1",
          "VirtualMachineSnapshotContent",
          "virtualmachinesnapshotcontents");
  public static final ResourceKind VM_RESTORE =
      in("snapshot.kubevirt.io", "v1beta1", "VirtualMachineRestore", "virtualmachinerestores");
  public static final ResourceKind VM_CLONE =
      in("clone.kubevirt.io", "v1beta1", "VirtualMachineClone", "virtualmachineclones");
  public static final ResourceKind VM_EXPORT =
      in("export.kubevirt.io", "v1", "VirtualMachineExport", "virtualmachineexports");
  public static final ResourceKind VM_BACKUP =
      in("backup.kubevirt.io", "v1alpha1", "VirtualMachineBackup", "virtualmachinebackups");
  public static final ResourceKind VM_BACKUP_TRACKER =
      in(
          "backup.kubevirt.io",
          "v1alpha1",
          "VirtualMachineBackupTracker",
          "virtualmachinebackuptrackers");

  public static final ResourceKind DATA_VOLUME =
      in("cdi.kubevirt.io", "v1beta1", "DataVolume", "datavolumes");
  public static final ResourceKind DATA_SOURCE =
      in("cdi.kubevirt.io", "v1beta1", "DataSource", "datasources");
  public static final ResourceKind DATA_IMPORT_CRON =
      in("cdi.kubevirt.io", "v1beta1", "DataImportCron", "dataimportcrons");
  public static final ResourceKind STORAGE_PROFILE =
      cluster("cdi.kubevirt.io", "v1beta1", "StorageProfile", "storageprofiles");

  public static final ResourceKind NETWORK_ATTACHMENT =
      in("k8s.cni.cncf.io", "v1", "NetworkAttachmentDefinition", "network-attachment-definitions");
  public static final ResourceKind IPAM_CLAIM =
      in("k8s.cni.cncf.io", "v1alpha1", "IPAMClaim", "ipamclaims");

  private static final List<ResourceKind> ALL =
      List.of(
          NAMESPACE,
          POD,
          SECRET,
          CONFIG_MAP,
          SERVICE,
          SERVICE_ACCOUNT,
          CLAIM,
          VOLUME,
          EVENT,
          NODE,
          CONTROLLER_REVISION,
          JOB,
          ROLE,
          ROLE_BINDING,
          DISRUPTION_BUDGET,
          PRIORITY_CLASS,
          STORAGE_CLASS,
          RESOURCE_CLAIM,
          RESOURCE_CLAIM_TEMPLATE,
          VOLUME_SNAPSHOT,
          VOLUME_SNAPSHOT_CONTENT,
          VOLUME_SNAPSHOT_CLASS,
          VIRTUAL_MACHINE,
          INSTANCE,
          REPLICA_SET,
          MIGRATION,
          POOL,
          INSTANCETYPE,
          CLUSTER_INSTANCETYPE,
          PREFERENCE,
          CLUSTER_PREFERENCE,
          VM_SNAPSHOT,
          VM_SNAPSHOT_CONTENT,
          VM_RESTORE,
          VM_CLONE,
          VM_EXPORT,
          VM_BACKUP,
          VM_BACKUP_TRACKER,
          DATA_VOLUME,
          DATA_SOURCE,
          DATA_IMPORT_CRON,
          STORAGE_PROFILE,
          NETWORK_ATTACHMENT,
          IPAM_CLAIM);

  private record GroupKind(String apiGroup, String kind) {}

  private static final Map<GroupKind, ResourceKind> BY_NAME =
      ALL.stream().collect(Collectors.toMap(k -> new GroupKind(k.apiGroup(), k.kind()), k -> k));

  private Kinds() {}

  /// Every known kind.
  public static List<ResourceKind> all() {
    return ALL;
  }

  /// The known kind of a reference; empty for kinds that Firn does not know.
  public static Optional<ResourceKind> of(ObjectRef ref) {
    return Optional.ofNullable(BY_NAME.get(new GroupKind(ref.apiGroup(), ref.kind())));
  }

  private static ResourceKind in(String group, String version, String kind, String plural) {
    return new ResourceKind(group, version, kind, plural, true);
  }

  private static ResourceKind cluster(String group, String version, String kind, String plural) {
    return new ResourceKind(group, version, kind, plural, false);
  }
}
