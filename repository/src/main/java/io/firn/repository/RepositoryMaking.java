package io.firn.repository;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.config.RepositoryConfig;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.key.KeyFiles;
import io.firn.repository.key.KeyOwner;
import io.firn.repository.lock.ProcessIdentity;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Making a repository: the key first, then the config. Until the config is there, there is no
/// repository, and whoever makes it next starts over (docs/decisions/0040).
final class RepositoryMaking {
  private static final System.Logger LOG = System.getLogger(RepositoryMaking.class.getName());

  private final Backend backend;
  private final RepositoryOptions options;
  private final KeyFiles keys;

  RepositoryMaking(Backend backend, RepositoryOptions options) {
    this.backend = backend;
    this.options = options;
    this.keys = new KeyFiles(backend);
  }

  void init(Password password) {
    try {
      if (present(FileHandle.CONFIG) || !nothingButKeys(backend)) {
        throw alreadyExists();
      }
      Optional<String> foreign = backend.foreignFile();
      if (foreign.isPresent()) {
        throw notOurs(foreign.get());
      }
      List<KeyId> left = keys.ids();
      backend.create();
      SecretKey master = SecretKey.generate(new SecureRandom());
      KeyId own = addKey(master, password);
      saveConfig(master, own);
      if (!left.isEmpty()) {
        List<KeyId> misleading = keys.find(password, other -> !other.equals(master));
        misleading.stream().filter(left::contains).forEach(this::removeDeadKey);
      }
    } catch (IOException e) {
      throw BackendErrors.saving(backend, FileHandle.CONFIG, e);
    }
  }

  /// Whether there is no file of a repository but keys, or none at all: what an init that was
  /// killed leaves behind, and nobody has lost.
  static boolean nothingButKeys(Backend backend) throws IOException {
    for (FileType type : FileType.values()) {
      if (type != FileType.KEY && !backend.list(type).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private KeyId addKey(SecretKey master, Password password) {
    ProcessIdentity self = ProcessIdentity.current();
    KeyOwner owner = new KeyOwner(self.username(), self.hostname(), options.clock().instant());
    return keys.add(master, password, options.kdfCost(), owner);
  }

  /// Where somebody else has made the repository meanwhile, our key opens nothing there, and would
  /// mislead restic, which takes the first key that the password opens.
  private void saveConfig(SecretKey master, KeyId own) throws IOException {
    byte[] config =
        new Envelope(master).seal(RepositoryConfig.generate(new SecureRandom()).toBytes());
    try {
      backend.save(FileHandle.CONFIG, ByteBuffer.wrap(config));
    } catch (FileAlreadyExistsException e) {
      if (!opens(master, backend.load(FileHandle.CONFIG))) {
        removeDeadKey(own);
        throw alreadyExists();
      }
    }
  }

  /// No reason to fail: Firn passes over a key that does not fit.
  private void removeDeadKey(KeyId key) {
    try {
      keys.remove(key);
    } catch (RepositoryException e) {
      LOG.log(Level.DEBUG, "a key that opens nothing stays", e);
    }
  }

  static boolean opens(SecretKey master, byte[] sealed) {
    try {
      return new Envelope(master).open(sealed).length > 0;
    } catch (AuthenticationException no) {
      return false;
    }
  }

  private boolean present(FileHandle handle) throws IOException {
    try {
      backend.size(handle);
      return true;
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  /// What somebody keeps here would be taken for a part of the repository, and lost with it.
  private RepositoryException notOurs(String file) {
    return new RepositoryException(
        FailureCode.NOT_A_REPOSITORY,
        "%s holds other things (%s), so no repository is made there. Move them elsewhere, or choose another place."
            .formatted(backend.location(), file),
        Map.of("location", backend.location(), "file", file));
  }

  private RepositoryException alreadyExists() {
    return new RepositoryException(
        FailureCode.ALREADY_EXISTS,
        "there is a repository at %s already. Open it, or choose another place."
            .formatted(backend.location()),
        Map.of("location", backend.location()));
  }
}
