package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.point.StoreAccess;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How object storage is reached. Credentials are never flags: process lists show those.
public final class StoreOptions {
  @Option(
      names = "--s3-credentials-file",
      paramLabel = "FILE",
      description =
          "Credentials for an s3: vault, as in ~/.aws/credentials (profile 'default'); default:"
              + " FIRN_S3_CREDENTIALS_FILE, then AWS's own chain (AWS_ACCESS_KEY_ID, shared files,"
              + " roles).")
  private @Nullable Path credentials;

  @Option(
      names = "--s3-ca-file",
      paramLabel = "FILE",
      description =
          "Certificates to trust for an s3: vault, in PEM; default: FIRN_S3_CA_FILE, then"
              + " AWS_CA_BUNDLE.")
  private @Nullable Path authorities;

  /// With where a vault is mounted here and as whom movers run.
  public StoreAccess access(
      Session session, Optional<Path> mountedAt, Optional<String> moverServiceAccount) {
    return new StoreAccess(
        mountedAt,
        Optional.ofNullable(credentials).or(() -> file(session, "FIRN_S3_CREDENTIALS_FILE")),
        Optional.ofNullable(authorities)
            .or(() -> file(session, "FIRN_S3_CA_FILE"))
            .or(() -> file(session, "AWS_CA_BUNDLE")),
        moverServiceAccount);
  }

  private static Optional<Path> file(Session session, String variable) {
    return Optional.of(session.environment().getOrDefault(variable, ""))
        .filter(name -> !name.isBlank())
        .map(Path::of);
  }
}
