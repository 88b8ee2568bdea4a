package io.firn.dist;

import io.firn.backend.s3.BucketProtection;
import io.firn.backend.s3.LockRule;
import io.firn.backend.s3.S3Access;
import io.firn.backend.s3.S3Options;
import io.firn.backend.s3.S3Settings;
import io.firn.backend.s3.S3Store;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.mover.MoverPod;
import io.firn.point.Backends;
import io.firn.point.LocalBackends;
import io.firn.point.MoverAccess;
import io.firn.point.SecretFile;
import io.firn.point.StoreAccess;
import io.firn.point.StoreProtection;
import io.firn.point.VaultLocation;
import io.firn.repository.BackendErrors;
import io.firn.repository.backend.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Every kind of storage that vaults can rest on, chosen by the address. One connection a bucket
/// and process.
///
/// Thread-safe.
final class VaultStores implements Backends {
  private final StoreAccess access;
  private final UnaryOperator<String> environment;
  private final Map<S3Settings, S3Store> stores = new ConcurrentHashMap<>();

  /// `environment` answers with "" for what is not set.
  VaultStores(StoreAccess access, UnaryOperator<String> environment) {
    this.access = access;
    this.environment = environment;
  }

  @Override
  public boolean exists(VaultLocation vault) {
    return vault instanceof VaultLocation.Bucket bucket
        ? ask(store(bucket), S3Store::exists)
        : local().exists(vault);
  }

  @Override
  public List<String> folders(VaultLocation vault) {
    return vault instanceof VaultLocation.Bucket bucket
        ? ask(store(bucket), S3Store::folders)
        : local().folders(vault);
  }

  @Override
  public Backend open(VaultLocation vault, String folder) {
    return vault instanceof VaultLocation.Bucket bucket
        ? store(bucket).backend(folder)
        : local().open(vault, folder);
  }

  @Override
  public Backends with(StoreAccess other) {
    return new VaultStores(other, environment);
  }

  @Override
  public MoverAccess moverAccess(VaultLocation vault) {
    if (!(vault instanceof VaultLocation.Bucket bucket)) {
      return local().moverAccess(vault);
    }
    List<SecretFile> files = new ArrayList<>();
    if (access.moverServiceAccount().isEmpty()) {
      byte[] credentials = ask(store(bucket), S3Store::credentials);
      files.add(new SecretFile(MoverPod.CREDENTIALS_KEY, credentials));
    }
    if (access.caFile().isPresent()) {
      byte[] pem = ask(store(bucket), _ -> Files.readAllBytes(access.caFile().get()));
      files.add(new SecretFile(MoverPod.CA_KEY, pem));
    }
    return new MoverAccess(vault, files, access.moverServiceAccount());
  }

  @Override
  public Optional<StoreProtection> protection(VaultLocation vault) {
    return vault instanceof VaultLocation.Bucket bucket
        ? Optional.of(protection(ask(store(bucket), S3Store::protection)))
        : Optional.empty();
  }

  private static StoreProtection protection(BucketProtection bucket) {
    return new StoreProtection(
        bucket.versioning(),
        bucket.objectLock(),
        bucket
            .defaultMode()
            .flatMap(
                mode -> bucket.defaultPeriod().map(period -> new LockRule(mode, period).text())));
  }

  private LocalBackends local() {
    return new LocalBackends(access.mountedAt());
  }

  private S3Store store(VaultLocation.Bucket bucket) {
    S3Settings settings;
    try {
      settings = S3Options.read(bucket.bucket(), bucket.prefix(), bucket.options(), environment);
    } catch (IllegalArgumentException e) {
      throw new FirnException(
          new Failure(
              FailureCode.USAGE,
              "The vault address " + bucket.url() + " cannot be used: " + e.getMessage(),
              "The options of s3:// addresses are in docs/s3.md.",
              Map.of("vault", bucket.url()),
              false),
          e);
    }
    return stores.computeIfAbsent(
        settings, s -> new S3Store(s, new S3Access(access.credentialsFile(), access.caFile())));
  }

  /// A question to a store.
  private interface Question<T> {
    T ask(S3Store store) throws IOException;
  }

  private static <T> T ask(S3Store store, Question<T> question) {
    try {
      return question.ask(store);
    } catch (IOException e) {
      String place = store.settings().url();
      throw RepositoryFailures.of(
          BackendErrors.failed("could not look into", store.backend(""), place, e));
    }
  }
}
