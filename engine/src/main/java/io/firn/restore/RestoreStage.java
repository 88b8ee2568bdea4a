package io.firn.restore;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Map;
import java.util.Optional;

/// When an object is applied. The order matters: what is mounted comes before what mounts it, a
/// claim's data before the DataVolume that takes it over, the machine after both, and what starts
/// by itself last.
enum RestoreStage {
  CONFIG,
  TYPE,
  REVISION,
  CLAIM,
  DATA_VOLUME,
  MACHINE,
  SERVICE,
  STARTING;

  private static final Map<ResourceKind, RestoreStage> STAGES =
      Map.ofEntries(
          Map.entry(Kinds.PRIORITY_CLASS, CONFIG),
          Map.entry(Kinds.SERVICE_ACCOUNT, CONFIG),
          Map.entry(Kinds.SECRET, CONFIG),
          Map.entry(Kinds.CONFIG_MAP, CONFIG),
          Map.entry(Kinds.ROLE, CONFIG),
          Map.entry(Kinds.ROLE_BINDING, CONFIG),
          Map.entry(Kinds.NETWORK_ATTACHMENT, CONFIG),
          Map.entry(Kinds.CLUSTER_INSTANCETYPE, TYPE),
          Map.entry(Kinds.CLUSTER_PREFERENCE, TYPE),
          Map.entry(Kinds.INSTANCETYPE, TYPE),
          Map.entry(Kinds.PREFERENCE, TYPE),
          Map.entry(Kinds.CONTROLLER_REVISION, REVISION),
          Map.entry(Kinds.CLAIM, CLAIM),
          Map.entry(Kinds.DATA_VOLUME, DATA_VOLUME),
          Map.entry(Kinds.VIRTUAL_MACHINE, MACHINE),
          Map.entry(Kinds.SERVICE, SERVICE),
          Map.entry(Kinds.REPLICA_SET, STARTING),
          Map.entry(Kinds.INSTANCE, STARTING));

  /// The stage of a kind; empty for kinds that are never applied.
  static Optional<RestoreStage> of(ObjectRef ref) {
    return Kinds.of(ref).map(STAGES::get);
  }
}
