package io.firn.repository.key;

import io.firn.repository.BackendErrors;
import io.firn.repository.KeyId;
import io.firn.repository.Password;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The folder of key files. Thread-safe.
public final class KeyFiles {
  /// restic tries no more than this many, either.
  private static final int MAX_TRIED = 20;

  private final Backend backend;

  public KeyFiles(Backend backend) {
    this.backend = backend;
  }

  /// Tries the password on each key; `WRONG_PASSWORD` where none yields. A damaged key file is
  /// passed over as long as another one opens, and named if none does.
  public OpenKey open(Password password) {
    List<String> damaged = new ArrayList<>();
    int refused = 0;
    for (KeyId id : ids().stream().limit(MAX_TRIED).toList()) {
      try {
        return new OpenKey(id, read(id).unwrap(password));
      } catch (AuthenticationException wrong) {
        refused++;
      } catch (IOException e) {
        damaged.add("keys/" + id + " (" + e.getMessage() + ")");
      }
    }
    if (!damaged.isEmpty()) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "no key of %s opens with this password, and %s cannot be read. Copy the key file back from elsewhere."
              .formatted(backend.location(), String.join(", ", damaged)),
          Map.of("file", damaged.getFirst().substring(0, 5 + 64)));
    }
    throw new RepositoryException(
        FailureCode.WRONG_PASSWORD,
        "none of the %d keys of %s opens with this password. Check the password file."
            .formatted(refused, backend.location()),
        Map.of("location", backend.location()));
  }

  public KeyId add(SecretKey master, Password password, KdfCost cost, KeyOwner owner) {
    byte[] file = KeyFile.wrap(master, password, cost, owner, new SecureRandom()).toBytes();
    KeyId id = new KeyId(Sha256.of(file));
    FileHandle handle = handle(id);
    try {
      backend.save(handle, ByteBuffer.wrap(file));
    } catch (IOException e) {
      throw BackendErrors.saving(backend, handle, e);
    }
    return id;
  }

  /// All keys, oldest first.
  public List<KeyEntry> list(KeyId current) {
    List<KeyEntry> entries = new ArrayList<>();
    for (KeyId id : ids()) {
      try {
        KeyFile file = read(id);
        entries.add(
            new KeyEntry(id, file.username(), file.hostname(), file.created(), id.equals(current)));
      } catch (IOException e) {
        throw new RepositoryException(
            FailureCode.CORRUPT,
            "%s in %s is damaged: %s. Remove it, or copy it back from elsewhere."
                .formatted(handle(id), backend.location(), e.getMessage()),
            Map.of("file", handle(id).toString()),
            e);
      }
    }
    entries.sort(java.util.Comparator.comparing(KeyEntry::created));
    return entries;
  }

  /// What is wrong with key files that are no longer what they were, by key.
  public Map<KeyId, String> faults() {
    Map<KeyId, String> faults = new LinkedHashMap<>();
    for (KeyId id : ids()) {
      try {
        read(id);
      } catch (IOException e) {
        faults.put(id, String.valueOf(e.getMessage()));
      }
    }
    return faults;
  }

  public void remove(KeyId id) {
    try {
      backend.delete(handle(id));
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not remove " + handle(id) + " from", backend, handle(id).toString(), e);
    }
  }

  private List<KeyId> ids() {
    try {
      return backend.list(FileType.KEY).stream()
          .map(FileEntry::handle)
          .map(handle -> KeyId.of(handle.name()))
          .sorted(java.util.Comparator.comparing(KeyId::digest))
          .toList();
    } catch (IOException e) {
      throw BackendErrors.failed("could not list keys in", backend, "keys", e);
    }
  }

  private KeyFile read(KeyId id) throws IOException {
    byte[] bytes = load(id);
    if (!Sha256.of(bytes).equals(id.digest())) {
      throw new IOException("its content does not match its name");
    }
    return KeyFile.parse(bytes);
  }

  /// A storage that does not answer is no damaged key.
  private byte[] load(KeyId id) {
    try {
      return backend.load(handle(id));
    } catch (IOException e) {
      throw BackendErrors.loading(backend, handle(id), e);
    }
  }

  private static FileHandle handle(KeyId id) {
    return new FileHandle(FileType.KEY, id.toString());
  }
}
