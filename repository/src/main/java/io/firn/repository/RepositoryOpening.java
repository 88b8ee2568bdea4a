package io.firn.repository;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.RetryingBackend;
import io.firn.repository.config.RepositoryConfig;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.key.KeyFiles;
import io.firn.repository.key.KeyMemory;
import io.firn.repository.key.KeyOwner;
import io.firn.repository.key.OpenKey;
import io.firn.repository.lock.ProcessIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/// Making and opening a repository: the key first, then the config, which says what it is.
final class RepositoryOpening {
  private final Backend backend;
  private final RepositoryOptions options;

  RepositoryOpening(Backend backend, RepositoryOptions options) {
    this.backend = new RetryingBackend(backend, options.lockTimer());
    this.options = options;
  }

  /// The config is written last: until it is there, there is no repository.
  void init(Password password) {
    try {
      if (exists()) {
        throw new RepositoryException(
            FailureCode.ALREADY_EXISTS,
            "there is a repository at %s already. Open it, or choose another place."
                .formatted(backend.location()),
            Map.of("location", backend.location()));
      }
      backend.create();
      SecureRandom random = new SecureRandom();
      SecretKey master = SecretKey.generate(random);
      ProcessIdentity self = ProcessIdentity.current();
      KeyOwner owner = new KeyOwner(self.username(), self.hostname(), options.clock().instant());
      new KeyFiles(backend).add(master, password, options.kdfCost(), owner);
      byte[] config = new Envelope(master).seal(RepositoryConfig.generate(random).toBytes());
      backend.save(FileHandle.CONFIG, ByteBuffer.wrap(config));
    } catch (IOException e) {
      throw BackendErrors.saving(backend, FileHandle.CONFIG, e);
    }
  }

  Repository open(Password password) {
    return open(password, KeyMemory.NONE);
  }

  Repository open(Password password, KeyMemory memory) {
    byte[] sealed = sealedConfig();
    Optional<OpenKey> known =
        memory.recall().filter(key -> opens(key.master(), sealed) && stillThere(key));
    OpenKey key =
        known.orElseGet(
            () -> new KeyFiles(backend).open(password, master -> opens(master, sealed)));
    Repository repository = open(sealed, key);
    if (known.isEmpty()) {
      memory.keep(key);
    }
    return repository;
  }

  /// A key whose file was removed opens no more, remembered or not.
  private boolean stillThere(OpenKey key) {
    try {
      return backend.size(new FileHandle(FileType.KEY, key.id().toString())) > 0;
    } catch (IOException e) {
      // Asking the key files will say what is wrong.
      return false;
    }
  }

  private Repository open(byte[] sealed, OpenKey key) {
    try {
      RepositoryConfig config = RepositoryConfig.parse(new Envelope(key.master()).open(sealed));
      requireVersion(config);
      return new Repository(backend, options, key, config);
    } catch (AuthenticationException | IOException e) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "the config of %s is damaged: %s; or keys/%s is another repository's. Copy the right one back from elsewhere."
              .formatted(backend.location(), e.getMessage(), key.id()),
          Map.of("file", "config"),
          e);
    }
  }

  private static boolean opens(SecretKey master, byte[] sealed) {
    try {
      return new Envelope(master).open(sealed).length > 0;
    } catch (AuthenticationException no) {
      return false;
    }
  }

  private byte[] sealedConfig() {
    try {
      return backend.load(FileHandle.CONFIG);
    } catch (NoSuchFileException e) {
      throw noConfig();
    } catch (IOException e) {
      throw BackendErrors.loading(backend, FileHandle.CONFIG, e);
    }
  }

  /// A missing config beside keys and packs is damage; without them there never was a repository.
  private RepositoryException noConfig() {
    try {
      if (!backend.list(FileType.KEY).isEmpty()) {
        return new RepositoryException(
            FailureCode.CORRUPT,
            "the config of %s is missing, but keys are there. Copy it back from elsewhere."
                .formatted(backend.location()),
            Map.of("file", "config"));
      }
      boolean anything = backend.exists();
      return new RepositoryException(
          anything ? FailureCode.NOT_A_REPOSITORY : FailureCode.ABSENT,
          anything
              ? backend.location() + " is not a repository. Check the path, or init one elsewhere."
              : "there is nothing at " + backend.location() + ". Check the path, or init it first.",
          Map.of("location", backend.location()));
    } catch (IOException e) {
      return BackendErrors.failed("could not look into", backend, "keys", e);
    }
  }

  private boolean exists() throws IOException {
    try {
      backend.size(FileHandle.CONFIG);
      return true;
    } catch (NoSuchFileException absent) {
      return !backend.list(FileType.KEY).isEmpty();
    }
  }

  private void requireVersion(RepositoryConfig config) {
    if (config.version() == RepositoryConfig.VERSION) {
      return;
    }
    String remedy =
        config.version() == 1
            ? "Run 'restic migrate upgrade_repo_v2' on it first."
            : "Use a newer Firn.";
    throw new RepositoryException(
        FailureCode.UNSUPPORTED_VERSION,
        "the repository at %s has format version %d, Firn works with version %d. %s"
            .formatted(backend.location(), config.version(), RepositoryConfig.VERSION, remedy),
        Map.of("location", backend.location(), "version", "" + config.version()));
  }
}
