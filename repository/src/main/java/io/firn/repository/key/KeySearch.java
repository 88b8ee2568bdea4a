package io.firn.repository.key;

import io.firn.repository.KeyId;
import io.firn.repository.Password;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// One search for the key that a password opens. Not thread-safe.
final class KeySearch {
  private final KeyFiles files;
  private final Password password;
  private final Predicate<SecretKey> fits;
  private final Set<KeyId> tried = new HashSet<>();
  private final List<OpenKey> opened = new ArrayList<>();
  private final LinkedHashMap<FileHandle, String> damaged = new LinkedHashMap<>();
  private int refused;
  private boolean gone;

  KeySearch(KeyFiles files, Password password, Predicate<SecretKey> fits) {
    this.files = files;
    this.password = password;
    this.fits = fits;
  }

  /// A key that goes while it is looked for may have been replaced by one that is not in the list,
  /// as a change of password does: they are listed again until nothing more was found gone.
  OpenKey find() {
    do {
      gone = false;
      for (FileEntry file : files.list()) {
        if (tried.add(KeyFiles.id(file)) && opens(file)) {
          OpenKey found = opened.removeLast();
          opened.forEach(foreign -> foreign.master().close());
          return found;
        }
      }
    } while (gone);
    if (!opened.isEmpty()) {
      return opened.getFirst();
    }
    throw none();
  }

  /// Whether the last one opened is this key, and fits.
  private boolean opens(FileEntry file) {
    try {
      Optional<KeyFile> key = files.read(file);
      if (key.isEmpty()) {
        gone = true;
        return false;
      }
      OpenKey open = new OpenKey(KeyFiles.id(file), key.get().unwrap(password));
      opened.add(open);
      return fits.test(open.master());
    } catch (AuthenticationException wrong) {
      refused++;
    } catch (IOException e) {
      damaged.put(file.handle(), String.valueOf(e.getMessage()));
    }
    return false;
  }

  private RepositoryException none() {
    if (!damaged.isEmpty()) {
      List<String> names =
          damaged.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")").toList();
      return new RepositoryException(
          FailureCode.CORRUPT,
          "no key of %s opens with this password, and %s cannot be read. Copy the key file back from elsewhere."
              .formatted(files.location(), String.join(", ", names)),
          Map.of("file", damaged.firstEntry().getKey().toString()));
    }
    return new RepositoryException(
        FailureCode.WRONG_PASSWORD,
        "none of the %d keys of %s opens with this password. Check the password file."
            .formatted(refused, files.location()),
        Map.of("location", files.location()));
  }
}
