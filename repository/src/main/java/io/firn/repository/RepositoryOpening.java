package io.firn.repository;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.RetryingBackend;
import io.firn.repository.config.RepositoryConfig;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.key.KeyFiles;
import io.firn.repository.key.KeyMemory;
import io.firn.repository.key.OpenKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/// Opening a repository, and making one to be opened.
final class RepositoryOpening {
  private final Backend backend;
  private final RepositoryOptions options;

  RepositoryOpening(Backend backend, RepositoryOptions options) {
    this.backend = new RetryingBackend(backend, options.lockTimer());
    this.options = options;
  }

  void init(Password password) {
    new RepositoryMaking(backend, options).init(password);
  }

  Repository open(Password password) {
    return open(password, KeyMemory.NONE);
  }

  Repository open(Password password, KeyMemory memory) {
    byte[] sealed = sealedConfig();
    Optional<OpenKey> known =
        memory
            .recall()
            .filter(key -> RepositoryMaking.opens(key.master(), sealed) && stillThere(key));
    OpenKey key =
        known.orElseGet(() ->
            new KeyFiles(backend).open(password, master -> RepositoryMaking.opens(master, sealed)));
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

  private byte[] sealedConfig() {
    try {
      return backend.load(FileHandle.CONFIG);
    } catch (NoSuchFileException e) {
      throw noConfig();
    } catch (IOException e) {
      throw BackendErrors.loading(backend, FileHandle.CONFIG, e);
    }
  }

  /// A missing config beside packs and the like is damage; beside keys alone there never was a
  /// repository, or one that nobody has used.
  private RepositoryException noConfig() {
    try {
      if (!RepositoryMaking.nothingButKeys(backend)) {
        return new RepositoryException(
            FailureCode.CORRUPT,
            "the config of %s is missing, but other files are there. Copy it back from elsewhere."
                .formatted(backend.location()),
            Map.of("file", "config"));
      }
      if (!backend.list(FileType.KEY).isEmpty()) {
        return new RepositoryException(
            FailureCode.NOT_A_REPOSITORY,
            "%s has keys and nothing else: an init did not come to its end. Init it again."
                .formatted(backend.location()),
            Map.of("location", backend.location()));
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
