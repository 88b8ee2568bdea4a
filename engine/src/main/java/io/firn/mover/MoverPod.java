package io.firn.mover;

import io.firn.cluster.MoverJobs.Mount;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.MoverAccess;
import io.firn.point.SecretFile;
import io.firn.point.VaultLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the inside of a mover's pod looks: where volume, vault, password and result are.
///
/// `vault` is the vault's folder inside the pod, or its bucket; `mounts` are volume, vault and
/// secrets; `serviceAccount` is who the pod runs as. Immutable.
public record MoverPod(
    List<Mount> mounts,
    Path volume,
    VaultLocation vault,
    List<String> secretFiles,
    Optional<String> serviceAccount) {
  public static final Path RESULT = Path.of("/dev/termination-log");
  public static final String PASSWORD_KEY = "password";

  /// Keys of the Secret for credentials and CA of object storage.
  public static final String CREDENTIALS_KEY = "s3-credentials";

  public static final String CA_KEY = "s3-ca.pem";

  private static final String DEVICE = "/dev/firn-volume";
  private static final String FOLDER = "/firn/volume";
  private static final String VAULT = "/firn/vault";
  private static final String SECRET = "/firn/secret";

  public MoverPod {
    mounts = List.copyOf(mounts);
    secretFiles = List.copyOf(secretFiles);
  }

  /// A pod in `namespace` with that claim and vault. `secret` holds the vault's password under
  /// [#PASSWORD_KEY] and the files of `access`. A claim that is only read is mounted so.
  public static MoverPod of(
      String namespace,
      String claim,
      boolean block,
      boolean readOnly,
      MoverAccess access,
      String secret) {
    List<Mount> mounts = new ArrayList<>(mounts(claim, block, readOnly, secret));
    vaultMount(access.vault(), namespace).ifPresent(mounts::add);
    return new MoverPod(
        mounts,
        Path.of(block ? DEVICE : FOLDER),
        inside(access.vault()),
        access.files().stream().map(SecretFile::name).toList(),
        access.serviceAccount());
  }

  /// What such a pod mounts whatever its vault is.
  public static List<Mount> mounts(String claim, boolean block, boolean readOnly, String secret) {
    return List.of(
        block ? new Mount.Device(DEVICE, claim) : new Mount.Folder(FOLDER, claim, readOnly),
        new Mount.SecretFiles(SECRET, secret));
  }

  public Path passwordFile() {
    return Path.of(SECRET, PASSWORD_KEY);
  }

  /// The command line of a task in this pod.
  public List<String> arguments(MoverTask task) {
    List<String> line = new ArrayList<>(task.arguments(passwordFile(), RESULT));
    if (secretFiles.contains(CREDENTIALS_KEY)) {
      line.addAll(List.of("--s3-credentials-file", SECRET + "/" + CREDENTIALS_KEY));
    }
    if (secretFiles.contains(CA_KEY)) {
      line.addAll(List.of("--s3-ca-file", SECRET + "/" + CA_KEY));
    }
    return line;
  }

  /// Whether movers in that namespace can reach the vault; `USAGE` says why not.
  public static void requireReachable(VaultLocation vault, String namespace) {
    boolean mounted = vaultMount(vault, namespace).isPresent();
    assert mounted || vault instanceof VaultLocation.Bucket;
  }

  private static Optional<Mount> vaultMount(VaultLocation vault, String namespace) {
    return switch (vault) {
      case VaultLocation.Folder(String path) -> Optional.of(new Mount.HostPath(VAULT, path));
      case VaultLocation.NfsShare(String server, String path) ->
          Optional.of(new Mount.Nfs(VAULT, server, path));
      case VaultLocation.Bucket _ -> Optional.empty();
      case VaultLocation.Claim c -> {
        if (!c.namespace().equals(namespace)) {
          throw elsewhere(c, namespace);
        }
        yield Optional.of(new Mount.Folder(VAULT, c.claim(), false));
      }
    };
  }

  private static VaultLocation inside(VaultLocation vault) {
    return switch (vault) {
      case VaultLocation.Claim c when !c.path().isEmpty() ->
          new VaultLocation.Folder(VAULT + "/" + c.path());
      case VaultLocation.Claim _, VaultLocation.Folder _, VaultLocation.NfsShare _ ->
          new VaultLocation.Folder(VAULT);
      case VaultLocation.Bucket bucket -> bucket;
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
