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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The folder of key files. Thread-safe.
public final class KeyFiles {
  /// restic tries no more than this many, either.
  private static final int MAX_TRIED = 20;

  /// Key files have some 450 bytes.
  private static final long MAX_BYTES = 1 << 16;

  private final Backend backend;

  public KeyFiles(Backend backend) {
    this.backend = backend;
  }

  /// Tries the password on each key; `WRONG_PASSWORD` where none yields. A damaged key file is
  /// passed over as long as another one opens, and named if none does.
  ///
  /// `fits` says whether a master key is this repository's: a key file that was put here from
  /// another repository with the same password opens too, and must not be taken. Where none fits,
  /// the first that opened is the answer.
  public OpenKey open(Password password, Predicate<SecretKey> fits) {
    List<String> damaged = new ArrayList<>();
    List<OpenKey> foreign = new ArrayList<>();
    int refused = 0;
    for (FileEntry file : files().stream().limit(MAX_TRIED).toList()) {
      try {
        OpenKey found = new OpenKey(id(file), read(file).unwrap(password));
        if (fits.test(found.master())) {
          foreign.forEach(key -> key.master().close());
          return found;
        }
        foreign.add(found);
      } catch (AuthenticationException wrong) {
        refused++;
      } catch (IOException e) {
        damaged.add(file.handle() + " (" + e.getMessage() + ")");
      }
    }
    if (!foreign.isEmpty()) {
      return foreign.getFirst();
    }
    throw none(damaged, refused);
  }

  private RepositoryException none(List<String> damaged, int refused) {
    if (!damaged.isEmpty()) {
      return new RepositoryException(
          FailureCode.CORRUPT,
          "no key of %s opens with this password, and %s cannot be read. Copy the key file back from elsewhere."
              .formatted(backend.location(), String.join(", ", damaged)),
          Map.of("file", damaged.getFirst().substring(0, 5 + 64)));
    }
    return new RepositoryException(
        FailureCode.WRONG_PASSWORD,
        "none of the %d keys of %s opens with this password. Check the password file."
            .formatted(refused, backend.location()),
        Map.of("location", backend.location()));
  }

  /// The keys that wrap `master` and open with the password. Damaged ones are passed over.
  List<KeyId> find(Password password, SecretKey master) {
    List<KeyId> found = new ArrayList<>();
    for (FileEntry file : files()) {
      if (yields(file, password, master)) {
        found.add(id(file));
      }
    }
    return found;
  }

  private boolean yields(FileEntry file, Password password, SecretKey master) {
    try (SecretKey yielded = read(file).unwrap(password)) {
      return yielded.equals(master);
    } catch (AuthenticationException | IOException no) {
      return false;
    }
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
    for (FileEntry entry : files()) {
      KeyId id = id(entry);
      try {
        KeyFile file = read(entry);
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
    entries.sort(Comparator.comparing(KeyEntry::created));
    return entries;
  }

  /// What is wrong with key files that are no longer what they were, by key.
  public Map<KeyId, String> faults() {
    Map<KeyId, String> faults = new LinkedHashMap<>();
    for (FileEntry file : files()) {
      try {
        read(file);
      } catch (IOException e) {
        faults.put(id(file), String.valueOf(e.getMessage()));
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

  private List<FileEntry> files() {
    try {
      return backend.list(FileType.KEY).stream()
          .sorted(Comparator.comparing(file -> id(file).digest()))
          .toList();
    } catch (IOException e) {
      throw BackendErrors.failed("could not list keys in", backend, "keys", e);
    }
  }

  private KeyFile read(FileEntry file) throws IOException {
    if (file.sizeBytes() > MAX_BYTES) {
      throw new IOException("it has " + file.sizeBytes() + " bytes, which no key file has");
    }
    byte[] bytes = load(file.handle());
    if (!Sha256.of(bytes).equals(id(file).digest())) {
      throw new IOException("its content does not match its name");
    }
    return KeyFile.parse(bytes);
  }

  /// A storage that does not answer is no damaged key.
  private byte[] load(FileHandle handle) {
    try {
      return backend.load(handle);
    } catch (IOException e) {
      throw BackendErrors.loading(backend, handle, e);
    }
  }

  private static KeyId id(FileEntry file) {
    return KeyId.of(file.handle().name());
  }

  private static FileHandle handle(KeyId id) {
    return new FileHandle(FileType.KEY, id.toString());
  }
}
