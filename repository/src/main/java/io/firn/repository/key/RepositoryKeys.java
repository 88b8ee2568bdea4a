package io.firn.repository.key;

import io.firn.repository.KeyId;
import io.firn.repository.Password;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.lock.ProcessIdentity;
import io.firn.repository.lock.RepositoryLocks;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of an open repository: several passwords for one master key. Removing a key does not
/// revoke what its owner has seen: the master key stays the same. Thread-safe.
public final class RepositoryKeys {
  private final KeyFiles files;
  private final OpenKey open;
  private final KdfCost cost;
  private final InstantSource clock;
  private final RepositoryLocks locks;

  public RepositoryKeys(
      KeyFiles files, OpenKey open, KdfCost cost, InstantSource clock, RepositoryLocks locks) {
    this.files = files;
    this.open = open;
    this.cost = cost;
    this.clock = clock;
    this.locks = locks;
  }

  /// The IDs of all keys, of damaged ones too.
  public List<KeyId> ids() {
    return files.ids();
  }

  /// All keys, oldest first; `CORRUPT` names one that is damaged.
  public List<KeyEntry> list() {
    return files.list(open.id());
  }

  /// All keys, damaged ones apart.
  public KeyListing listing() {
    return files.listing(open.id());
  }

  /// Lets one more password open the repository, `TOO_MANY_KEYS` where restic could not try it; the
  /// key is labelled with the user's name.
  public KeyId add(Password password) {
    return add(password, ProcessIdentity.current().username());
  }

  /// As the other, with a label ("escrow") where restic has the name of the user who made it.
  public KeyId add(Password password, String label) {
    return add(password, label, Optional.empty());
  }

  /// As [#add], where the caller removes `leaving` next: a repository that is full may have one key
  /// more than restic tries in between, as after its own `key passwd` was cut short. The other way
  /// round, whoever was killed in between would be shut out (docs/decisions/0043).
  public KeyId addInPlaceOf(KeyId leaving, Password password, String label) {
    return add(password, label, Optional.of(leaving));
  }

  private KeyId add(Password password, String label, Optional<KeyId> leaving) {
    KeyOwner owner = new KeyOwner(label, ProcessIdentity.current().hostname(), clock.instant());
    try (HeldLock lock = locks.shared()) {
      lock.requireFresh();
      files.requireRoom(leaving);
      KeyId added = files.add(open.master(), password, cost, owner);
      if (!files.find(password, open.master()::equals).contains(added)) {
        throw new RepositoryException(
            FailureCode.CORRUPT,
            "keys/%s was written and cannot be read back. Remove it and look at the storage."
                .formatted(added),
            Map.of("file", "keys/" + added));
      }
      return added;
    }
  }

  /// The keys of this repository that a password opens, none where it is not one of its passwords.
  public List<KeyId> openedBy(Password password) {
    return files.find(password, open.master()::equals);
  }

  /// Removes a key, alone in the repository. Never the current one, and so never the last.
  public KeyRemoval remove(KeyId id) {
    if (id.equals(open.id())) {
      return KeyRemoval.REFUSED_CURRENT;
    }
    try (HeldLock lock = locks.exclusive()) {
      lock.requireFresh();
      if (!files.ids().contains(id)) {
        return KeyRemoval.ABSENT;
      }
      // The current key could have been removed, or hurt, since we opened with it. Other keys are
      // not read: a damaged one is there to be removed.
      if (!files.sound(open.id())) {
        return KeyRemoval.REFUSED_LAST;
      }
      files.remove(id);
      return KeyRemoval.REMOVED;
    }
  }
}
