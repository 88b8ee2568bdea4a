package io.firn.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firn.cluster.MoverJobs.Mount;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.MoverAccess;
import io.firn.point.VaultLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class MoverPodTest {
  @Test
  void folderVault_isAHostPathAndTheClaimADevice() {
    MoverPod pod = pod("file:/srv/vault", true);

    assertThat(pod.mounts())
        .containsExactlyInAnyOrder(
            new Mount.Device("/dev/firn-volume", "copy"),
            new Mount.HostPath("/firn/vault", "/srv/vault"),
            new Mount.SecretFiles("/firn/secret", "firn-r"));
    assertThat(pod.volume()).isEqualTo(Path.of("/dev/firn-volume"));
    assertThat(pod.vault()).isEqualTo(new VaultLocation.Folder("/firn/vault"));
  }

  @Test
  void nfsVault_isAnNfsVolume_andAFilesystemClaimIsReadOnly() {
    assertThat(pod("nfs://nas/export/firn", false).mounts())
        .contains(
            new Mount.Folder("/firn/volume", "copy", true),
            new Mount.Nfs("/firn/vault", "nas", "/export/firn"));
  }

  @Test
  void claimVault_isMountedWithItsPathBelow() {
    MoverPod pod = pod("pvc://shop/backups/deep/er", true);

    assertThat(pod.mounts()).contains(new Mount.Folder("/firn/vault", "backups", false));
    assertThat(pod.vault()).isEqualTo(new VaultLocation.Folder("/firn/vault/deep/er"));
  }

  @Test
  void claimVault_ofAnotherNamespace_isRefused() {
    FirnException e =
        catchThrowableOfType(FirnException.class, () -> pod("pvc://other/backups", true));

    assertThat(e.failure().code()).isEqualTo(FailureCode.USAGE);
    assertThat(e.failure().summary()).contains("shop").contains("pvc://other/backups");
  }

  private static MoverPod pod(String vault, boolean block) {
    return MoverPod.of(
        "shop", "copy", block, true, MoverAccess.mounted(VaultLocation.parse(vault)), "firn-r");
  }
}
