package io.firn.graph.links;

import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ResourceKind;
import java.util.List;

/// Volumes that are made from Secrets, ConfigMaps and ServiceAccounts, and the Secrets that images
/// are pulled with.
final class ConfigSources {
  private static final List<String> CLOUD_INIT =
      List.of(
          "cloudInitNoCloud.secretRef.name",
          "cloudInitNoCloud.networkDataSecretRef.name",
          "cloudInitConfigDrive.secretRef.name",
          "cloudInitConfigDrive.networkDataSecretRef.name");

  private ConfigSources() {}

  static void follow(VolumeSlot slot, Draft draft) {
    if (!slot.holder().hasConfigMapsPerReplica()) {
      followOptional(slot, Kinds.CONFIG_MAP, "configMap", "name", draft);
    }
    if (!slot.holder().hasSecretsPerReplica()) {
      followOptional(slot, Kinds.SECRET, "secret", "secretName", draft);
      CLOUD_INIT.forEach(field -> slot.link(Kinds.SECRET, field, draft));
    }
    slot.link(Kinds.SERVICE_ACCOUNT, "serviceAccount.serviceAccountName", draft);
    slot.link(Kinds.SECRET, "sysprep.secret.name", draft);
    slot.link(Kinds.CONFIG_MAP, "sysprep.configMap.name", draft);
    slot.link(Kinds.SECRET, "containerDisk.imagePullSecret", draft);
  }

  private static void followOptional(
      VolumeSlot slot, ResourceKind kind, String source, String name, Draft draft) {
    boolean optional = Json.isTrue(slot.source(), source + ".optional");
    slot.link(kind, source + "." + name, optional ? Need.OPTIONAL : slot.need(), draft);
  }
}
