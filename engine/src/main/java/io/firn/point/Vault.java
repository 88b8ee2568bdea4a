package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.repository.BackendErrors;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.SnapshotId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.RetryingBackend;
import io.firn.repository.key.KeyMemory;
import io.firn.repository.snapshot.SnapshotFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An open vault: an address whose password has been checked against the marker repository
/// (`.firn`; decision 0005). Each domain is a repository with the same password.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException] with a `VAULT_…` code.
public final class Vault implements AutoCloseable {
  /// The folder of the marker repository.
  public static final String MARKER = ".firn";

  private final VaultLocation location;
  private final Password password;
  private final Backends backends;
  private final RepositoryOptions options;
  private final Optional<VaultCache> cache;

  private Vault(
      VaultLocation location,
      Password password,
      Backends backends,
      RepositoryOptions options,
      Optional<VaultCache> cache) {
    this.location = location;
    this.password = new Password(password.characters());
    this.backends = backends;
    this.options = options;
    this.cache = cache;
  }

  /// Makes a vault. `VAULT_EXISTS` where one is, `VAULT_NOT_A_VAULT` where the folder holds
  /// something else.
  public static Vault init(VaultLocation location, Password password, Backends backends) {
    return init(location, password, backends, RepositoryOptions.DEFAULT);
  }

  /// As the other, with repositories made by these options (how dear a guess at the password is,
  /// above all).
  public static Vault init(
      VaultLocation location, Password password, Backends backends, RepositoryOptions options) {
    return init(location, password, backends, options, DomainPolicy.PER_NAMESPACE);
  }

  /// As the other, with points divided into repositories as said. Killed at the very end, the vault
  /// is there with the default policy.
  public static Vault init(
      VaultLocation location,
      Password password,
      Backends backends,
      RepositoryOptions options,
      DomainPolicy domains) {
    List<String> present = backends.folders(location);
    if (!present.isEmpty() && !present.contains(MARKER)) {
      throw notAVault(location, "it holds other things (" + present.getFirst() + ", …)");
    }
    if (present.size() > 1) {
      // A marker that has lost its config is not made anew under domains with another password.
      throw failure(
          FailureCode.VAULT_EXISTS,
          location,
          "There is a vault with domains at " + location.url(),
          "Use it as it is, or choose another place.");
    }
    Optional<String> lock = lockOf(location);
    if (lock.isPresent()) {
      requireLockable(location, backends);
    }
    Backend marker = backends.open(location, MARKER);
    try (Repository repository = Repository.init(marker, password, options)) {
      VaultRecord.write(repository, domains, options.clock().instant());
      lock.ifPresent(rule -> ObjectLockRecord.write(repository, rule, options.clock().instant()));
      return new Vault(location, password, backends, options, Optional.empty());
    } catch (RepositoryException e) {
      marker.close();
      throw RepositoryFailures.of(e);
    }
  }

  /// Opens a vault. `VAULT_ABSENT`, `VAULT_NOT_A_VAULT`, `VAULT_WRONG_PASSWORD`, `VAULT_VERSION`
  /// say why not.
  public static Vault open(VaultLocation location, Password password, Backends backends) {
    return open(location, password, backends, RepositoryOptions.DEFAULT);
  }

  /// As the other, with repositories opened by these options (how long to wait for a lock, say).
  public static Vault open(
      VaultLocation location, Password password, Backends backends, RepositoryOptions options) {
    return open(location, password, backends, options, CacheRoot.NONE);
  }

  /// As the other, remembering on this machine what makes the next time faster (decision 0018).
  public static Vault open(
      VaultLocation location,
      Password password,
      Backends backends,
      RepositoryOptions options,
      CacheRoot caches) {
    if (!backends.exists(location)) {
      throw absent(location, "nothing is there");
    }
    List<String> present = backends.folders(location);
    if (!present.contains(MARKER)) {
      throw present.isEmpty()
          ? absent(location, "the folder is empty")
          : notAVault(location, "it has no " + MARKER + " folder");
    }
    try (Repository marker =
        open(backends.open(location, MARKER), password, options, KeyMemory.NONE)) {
      return new Vault(
          withRecordedLock(location, marker),
          password,
          backends,
          options,
          VaultCache.of(caches, marker));
    }
  }

  /// Writers of a vault that was made with an object lock use it, whatever their address says.
  private static VaultLocation withRecordedLock(VaultLocation location, Repository marker) {
    return location instanceof VaultLocation.Bucket bucket
        ? ObjectLockRecord.read(marker).<VaultLocation>map(bucket::withObjectLock).orElse(location)
        : location;
  }

  /// The address, with the object lock that the vault was made with.
  public VaultLocation location() {
    return location;
  }

  /// How points are divided into domains.
  public DomainPolicy domainPolicy() {
    try (Repository repository = openFolder(MARKER)) {
      return VaultRecord.domains(repository, location);
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  /// The domains that exist, sorted by name.
  public List<Domain> domains() {
    return backends.folders(location).stream()
        .filter(folder -> !folder.startsWith("."))
        .map(Domain::new)
        .toList();
  }

  /// Opens the repository of a domain; the caller closes it. `VAULT_ABSENT` names the domain where
  /// there is none.
  public Repository openDomain(Domain domain) {
    KeyMemory memory = cache.<KeyMemory>map(c -> new CachedKey(c, domain)).orElse(KeyMemory.NONE);
    return open(backend(domain), password, options, memory);
  }

  /// As [#openDomain], making the repository where there is none, and where an init of it did not
  /// come to its end. `VAULT_NOT_A_VAULT` names the folder where there is something else.
  public Repository openOrCreateDomain(Domain domain) {
    if (backends.folders(location).contains(domain.name())) {
      try {
        return openDomain(domain);
      } catch (FirnException e) {
        if (e.failure().code() != FailureCode.VAULT_NOT_A_VAULT) {
          throw e;
        }
      }
    }
    Backend backend = backend(domain);
    try {
      return Repository.init(backend, password, options);
    } catch (RepositoryException e) {
      backend.close();
      if (e.code() == RepositoryException.FailureCode.NOT_A_REPOSITORY) {
        throw notADomain(domain, e);
      }
      if (e.code() != RepositoryException.FailureCode.ALREADY_EXISTS) {
        throw RepositoryFailures.of(e);
      }
      // Another run has made it in between: open that one.
      return openDomain(domain);
    }
  }

  /// The snapshots in a domain, by name alone: needs no key and no opening.
  public List<SnapshotId> snapshotIds(Domain domain) {
    try (Backend backend = new RetryingBackend(backend(domain), options.lockTimer())) {
      return SnapshotFiles.ids(backend);
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  /// What a domain's packs take where the vault rests, whatever still needs them.
  public long storedBytes(Domain domain) {
    try (Backend backend = new RetryingBackend(backend(domain), options.lockTimer())) {
      return backend.list(FileType.PACK).stream().mapToLong(FileEntry::sizeBytes).sum();
    } catch (IOException e) {
      throw RepositoryFailures.of(
          BackendErrors.failed("could not list packs in", backend(domain), domain.name(), e));
    }
  }

  /// The backend below a domain, for work on locks and keys; the caller closes it.
  public Backend backend(Domain domain) {
    return backends.open(location, domain.name());
  }

  /// The backend of the marker repository; the caller closes it.
  public Backend markerBackend() {
    return backends.open(location, MARKER);
  }

  /// Opens the marker repository; the caller closes it.
  public Repository openMarker() {
    return openFolder(MARKER);
  }

  /// The rule by which new files are locked, such as `compliance:30d`.
  public Optional<String> objectLock() {
    return lockOf(location);
  }

  /// What movers need to reach the vault.
  public MoverAccess moverAccess() {
    return backends.moverAccess(location);
  }

  /// What the storage itself enforces; empty where it is no object storage.
  public Optional<StoreProtection> protection() {
    return backends.protection(location);
  }

  /// A copy of the password, for a Secret that movers read; the caller closes it.
  public Password password() {
    return new Password(password.characters());
  }

  @Override
  public void close() {
    password.close();
    cache.ifPresent(VaultCache::close);
  }

  /// Opens a domain, or the marker ([#MARKER]), by the name of its folder; the caller closes it.
  Repository openFolder(String folder) {
    return openFolder(folder, password);
  }

  /// As the other, with another password than the vault's.
  Repository openFolder(String folder, Password other) {
    return open(backends.open(location, folder), other, options, KeyMemory.NONE);
  }

  /// What this machine remembers of a domain's snapshots.
  Map<SnapshotId, Optional<PointSummary>> cachedPoints(Domain domain) {
    return cache
        .flatMap(c -> c.read(VaultCache.Kind.POINTS, domain))
        .map(bytes -> CachedPoints.read(bytes, domain))
        .orElse(Map.of());
  }

  void rememberPoints(Domain domain, Map<SnapshotId, Optional<PointSummary>> snapshots) {
    cache.ifPresent(c -> c.write(VaultCache.Kind.POINTS, domain, CachedPoints.write(snapshots)));
  }

  private static Repository open(
      Backend backend, Password password, RepositoryOptions options, KeyMemory memory) {
    try {
      return Repository.open(backend, password, options, memory);
    } catch (RepositoryException e) {
      backend.close();
      throw RepositoryFailures.of(e);
    }
  }

  private static Optional<String> lockOf(VaultLocation location) {
    return location instanceof VaultLocation.Bucket bucket ? bucket.objectLock() : Optional.empty();
  }

  private static void requireLockable(VaultLocation location, Backends backends) {
    boolean lockable =
        backends.protection(location).filter(StoreProtection::objectLock).isPresent();
    if (!lockable) {
      throw failure(
          FailureCode.VAULT_MISCONFIGURED,
          location,
          "The bucket of " + location.url() + " has no object lock",
          "Make a bucket with object lock (and so with versions); it is enabled when a bucket is"
              + " created. Or make the vault without --object-lock.");
    }
  }

  private static FirnException absent(VaultLocation location, String why) {
    return failure(
        FailureCode.VAULT_ABSENT,
        location,
        "There is no vault at " + location.url() + ": " + why,
        "Check --vault, or make the vault: firn vault init --vault " + location.url());
  }

  private static FirnException notAVault(VaultLocation location, String why) {
    return failure(
        FailureCode.VAULT_NOT_A_VAULT,
        location,
        location.url() + " is not a vault: " + why,
        "Check --vault; a vault is made by firn vault init in an empty folder.");
  }

  private static FirnException notADomain(Domain domain, RepositoryException e) {
    return new FirnException(
        new Failure(
            FailureCode.VAULT_NOT_A_VAULT,
            String.valueOf(e.getMessage()),
            "The vault keeps the points of "
                + domain
                + " in a folder of that name: move what is there out of the vault, then back up"
                + " again.",
            e.context(),
            false),
        e);
  }

  private static FirnException failure(
      FailureCode code, VaultLocation location, String summary, String guidance) {
    return new FirnException(
        new Failure(code, summary, guidance, Map.of("vault", location.url()), false));
  }
}
