package io.firn.point;

import io.firn.failure.RepositoryFailures;
import io.firn.repository.BackendErrors;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import io.firn.run.Parallel;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Until when the packs of a vault are locked: of `looked` packs out of `packs` (each is a question
/// to the store, so of very many only some are asked), `unlocked` are not locked at all.
public record LockSpan(
    int packs, int looked, int unlocked, Optional<Instant> earliest, Optional<Instant> latest) {
  private static final int MOST = 400;
  private static final int AT_ONCE = 16;

  /// Empty where the vault's files are not locked.
  public static Optional<LockSpan> of(Vault vault) {
    List<Pack> packs = new ArrayList<>();
    for (Domain domain : vault.domains()) {
      Backend backend = vault.backend(domain);
      Optional<ObjectLock> lock = backend.objectLock();
      if (lock.isEmpty()) {
        return Optional.empty();
      }
      packs(backend).forEach(handle -> packs.add(new Pack(backend, lock.get(), handle)));
    }
    return packs.isEmpty() ? Optional.empty() : Optional.of(of(packs));
  }

  private static LockSpan of(List<Pack> packs) {
    int step = Math.ceilDiv(packs.size(), MOST);
    List<Pack> some = new ArrayList<>();
    for (int i = 0; i < packs.size(); i += step) {
      some.add(packs.get(i));
    }
    List<Instant> until =
        Parallel.map(some, AT_ONCE, Pack::lockedUntil).stream()
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    return new LockSpan(
        packs.size(),
        some.size(),
        some.size() - until.size(),
        until.isEmpty() ? Optional.empty() : Optional.of(until.getFirst()),
        until.isEmpty() ? Optional.empty() : Optional.of(until.getLast()));
  }

  private static List<FileHandle> packs(Backend backend) {
    try {
      return backend.list(FileType.PACK).stream().map(FileEntry::handle).toList();
    } catch (IOException e) {
      throw RepositoryFailures.of(
          BackendErrors.failed("could not list packs in", backend, "data", e));
    }
  }

  private record Pack(Backend backend, ObjectLock lock, FileHandle handle) {
    Optional<Instant> lockedUntil() {
      try {
        return lock.lockedUntil(handle);
      } catch (IOException e) {
        throw RepositoryFailures.of(BackendErrors.loading(backend, handle, e));
      }
    }
  }
}
