package io.firn.repository.protect;

import io.firn.repository.BackendErrors;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Extends locks to at least a period from now. A file that is locked that long is left alone; one
/// that is not gets the period and the slack, so that the next runs find it locked long enough
/// (decision 0021). Thread-safe.
public final class LockExtension {
  private static final int AT_ONCE = 16;

  private final Backend backend;
  private final ObjectLock lock;
  private final InstantSource clock;

  public LockExtension(Backend backend, ObjectLock lock, InstantSource clock) {
    this.backend = backend;
    this.lock = lock;
    this.clock = clock;
  }

  /// All of them, or a failure that names the first that could not be. Returns how many were
  /// extended.
  public int extend(List<FileHandle> files) {
    Instant now = clock.instant();
    Instant needed = now.plus(lock.period());
    Instant until = needed.plus(lock.slack());
    Semaphore places = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (FileHandle file : files) {
        places.acquire();
        all.add(
            threads.submit(() -> {
              try {
                return extend(file, needed, until);
              } finally {
                places.release();
              }
            }));
      }
      return count(all, threads);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  /// The files of a type.
  List<FileHandle> list(FileType type) {
    try {
      return backend.list(type).stream().map(FileEntry::handle).toList();
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not list " + type.folder() + " in", backend, type.folder(), e);
    }
  }

  private static int count(List<Future<Boolean>> all, ExecutorService threads)
      throws InterruptedException {
    int extended = 0;
    for (Future<Boolean> one : all) {
      try {
        extended += one.get() ? 1 : 0;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException("extending ended abnormally", e.getCause());
      }
    }
    return extended;
  }

  private boolean extend(FileHandle file, Instant needed, Instant until) {
    try {
      if (!lock.lockedUntil(file).orElse(Instant.MIN).isBefore(needed)) {
        return false;
      }
      lock.extend(file, until);
      return true;
    } catch (java.nio.file.NoSuchFileException e) {
      throw BackendErrors.loading(backend, file, e);
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not extend the object lock of " + file + " in", backend, file.toString(), e);
    }
  }

  private RepositoryException interrupted(InterruptedException e) {
    return new RepositoryException(
        FailureCode.BACKEND,
        "interrupted while extending object locks in " + backend.location() + ". Run it again.",
        Map.of("location", backend.location()),
        e);
  }
}
