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
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The folder of key files. Thread-safe.
public final class KeyFiles {
  /// restic tries the first twenty that the storage lists, and no more.
  private static final int MAX_KEYS = 20;

  /// Key files have some 450 bytes.
  private static final long MAX_BYTES = 1 << 16;

  private final Backend backend;

  public KeyFiles(Backend backend) {
    this.backend = backend;
  }

  /// Tries the password on each key; `WRONG_PASSWORD` where none yields. A damaged key file is
  /// passed over as long as another one opens, and named if none does. There is no limit: a limit
  /// would let whoever can write files here shut everybody out.
  ///
  /// `fits` says whether a master key is this repository's: a key file that was put here from
  /// another repository with the same password opens too, and must not be taken. Where none fits,
  /// the first that opened is the answer.
  public OpenKey open(Password password, Predicate<SecretKey> fits) {
    return new KeySearch(this, password, fits).find();
  }

  /// The keys that open with the password and wrap such a master key. Damaged ones are passed over.
  public List<KeyId> find(Password password, Predicate<SecretKey> wanted) {
    List<KeyId> found = new ArrayList<>();
    for (FileEntry file : list()) {
      if (yields(file, password, wanted)) {
        found.add(id(file));
      }
    }
    return found;
  }

  private boolean yields(FileEntry file, Password password, Predicate<SecretKey> wanted) {
    try {
      Optional<KeyFile> key = read(file);
      return key.isPresent() && yields(key.get(), password, wanted);
    } catch (AuthenticationException | IOException no) {
      return false;
    }
  }

  private static boolean yields(KeyFile key, Password password, Predicate<SecretKey> wanted)
      throws AuthenticationException, IOException {
    try (SecretKey yielded = key.unwrap(password)) {
      return wanted.test(yielded);
    }
  }

  /// Fails where restic could not try one more key. `leaving` is removed next: while it is there,
  /// one more than that is taken.
  void requireRoom(Optional<KeyId> leaving) {
    List<KeyId> present = ids();
    boolean makesRoom = leaving.filter(present::contains).isPresent();
    int kept = present.size() - (makesRoom ? 1 : 0);
    if (kept >= MAX_KEYS) {
      throw new RepositoryException(
          FailureCode.TOO_MANY_KEYS,
          "%s has %d keys; restic tries %d and no more. Remove one that nobody uses, then add this one."
              .formatted(backend.location(), present.size(), MAX_KEYS),
          Map.of("location", backend.location()));
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

  /// All keys, oldest first; `CORRUPT` names one that is damaged.
  public List<KeyEntry> list(KeyId current) {
    KeyListing listing = listing(current);
    if (!listing.damaged().isEmpty()) {
      KeyId first = listing.damaged().keySet().iterator().next();
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "%s in %s is damaged: %s. Remove it, or copy it back from elsewhere."
              .formatted(handle(first), backend.location(), listing.damaged().get(first)),
          Map.of("file", handle(first).toString()));
    }
    return listing.readable();
  }

  /// All keys, damaged ones apart.
  KeyListing listing(KeyId current) {
    List<KeyEntry> readable = new ArrayList<>();
    Map<KeyId, String> damaged = new LinkedHashMap<>();
    for (FileEntry entry : list()) {
      KeyId id = id(entry);
      try {
        read(entry).map(file -> entry(id, file, current)).ifPresent(readable::add);
      } catch (IOException e) {
        damaged.put(id, String.valueOf(e.getMessage()));
      }
    }
    readable.sort(Comparator.comparing(KeyEntry::created));
    return new KeyListing(readable, damaged);
  }

  private static KeyEntry entry(KeyId id, KeyFile file, KeyId current) {
    return new KeyEntry(id, file.username(), file.hostname(), file.created(), id.equals(current));
  }

  /// All keys by name, readable or not.
  public List<KeyId> ids() {
    return list().stream().map(KeyFiles::id).toList();
  }

  /// Whether a key is there and is what it was.
  boolean sound(KeyId id) {
    return list().stream().filter(file -> id(file).equals(id)).anyMatch(this::sound);
  }

  private boolean sound(FileEntry file) {
    try {
      return read(file).isPresent();
    } catch (IOException damaged) {
      return false;
    }
  }

  /// What is wrong with key files that are no longer what they were, by key.
  public Map<KeyId, String> faults() {
    Map<KeyId, String> faults = new LinkedHashMap<>();
    for (FileEntry file : list()) {
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

  /// By name.
  List<FileEntry> list() {
    try {
      return backend.list(FileType.KEY).stream()
          .sorted(Comparator.comparing(file -> id(file).digest()))
          .toList();
    } catch (IOException e) {
      throw BackendErrors.failed("could not list keys in", backend, "keys", e);
    }
  }

  /// Empty where the file has gone since it was listed: somebody removed the key, as they may.
  Optional<KeyFile> read(FileEntry file) throws IOException {
    if (file.sizeBytes() > MAX_BYTES) {
      throw new IOException("it has " + file.sizeBytes() + " bytes, which no key file has");
    }
    Optional<byte[]> bytes = load(file.handle());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    if (!Sha256.of(bytes.get()).equals(id(file).digest())) {
      throw new IOException("its content does not match its name");
    }
    return Optional.of(KeyFile.parse(bytes.get()));
  }

  /// A storage that does not answer is no damaged key.
  private Optional<byte[]> load(FileHandle handle) {
    try {
      return Optional.of(backend.load(handle));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    } catch (IOException e) {
      throw BackendErrors.loading(backend, handle, e);
    }
  }

  static KeyId id(FileEntry file) {
    return KeyId.of(file.handle().name());
  }

  String location() {
    return backend.location();
  }

  private static FileHandle handle(KeyId id) {
    return new FileHandle(FileType.KEY, id.toString());
  }
}
