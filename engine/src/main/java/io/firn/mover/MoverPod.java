package io.firn.mover;

import io.firn.cluster.MoverJobs.Mount;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.VaultLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the inside of a mover's pod looks: where volume, vault, password and result are.
///
/// `vault` is the vault's folder inside the pod; `mounts` are volume, vault and password.
/// Immutable.
public record MoverPod(List<Mount> mounts, Path volume, VaultLocation vault) {
  public static final Path RESULT = Path.of("/dev/termination-log");
  public static final String PASSWORD_KEY = "password";

  private static final String DEVICE = "/dev/firn-volume";
  private static final String FOLDER = "/firn/volume";
  private static final String VAULT = "/firn/vault";
  private static final String SECRET = "/firn/secret";

  public MoverPod {
    mounts = List.copyOf(mounts);
  }

  /// A pod in `namespace` with that claim and vault. `secret` holds the vault's password under
  /// [#PASSWORD_KEY]. A claim that is only read is mounted so.
  public static MoverPod of(
      String namespace,
      String claim,
      boolean block,
      boolean readOnly,
      VaultLocation vault,
      String secret) {
    List<Mount> mounts = new ArrayList<>();
    String volume = block ? DEVICE : FOLDER;
    mounts.add(block ? new Mount.Device(DEVICE, claim) : new Mount.Folder(FOLDER, claim, readOnly));
    mounts.add(vaultMount(vault, namespace));
    mounts.add(new Mount.SecretFiles(SECRET, secret));
    return new MoverPod(mounts, Path.of(volume), new VaultLocation.Folder(folder(vault)));
  }

  public Path passwordFile() {
    return Path.of(SECRET, PASSWORD_KEY);
  }

  /// Whether movers in that namespace can reach the vault; `USAGE` says why not.
  public static void requireReachable(VaultLocation vault, String namespace) {
    vaultMount(vault, namespace);
  }

  private static Mount vaultMount(VaultLocation vault, String namespace) {
    return switch (vault) {
      case VaultLocation.Folder(String path) -> new Mount.HostPath(VAULT, path);
      case VaultLocation.NfsShare(String server, String path) -> new Mount.Nfs(VAULT, server, path);
      case VaultLocation.Claim c -> {
        if (!c.namespace().equals(namespace)) {
          throw elsewhere(c, namespace);
        }
        yield new Mount.Folder(VAULT, c.claim(), false);
      }
    };
  }

  private static String folder(VaultLocation vault) {
    return switch (vault) {
      case VaultLocation.Claim c when !c.path().isEmpty() -> VAULT + "/" + c.path();
      case VaultLocation.Claim _, VaultLocation.Folder _, VaultLocation.NfsShare _ -> VAULT;
    };
  }

  private static FirnException elsewhere(VaultLocation.Claim vault, String namespace) {
    return new FirnException(
        new Failure(
            FailureCode.USAGE,
            "Movers in namespace " + namespace + " cannot mount the vault " + vault.url(),
            "A pvc:// vault serves its own namespace only: use nfs:// or file: for others.",
            Map.of("vault", vault.url(), "namespace", namespace),
            false));
  }
}
