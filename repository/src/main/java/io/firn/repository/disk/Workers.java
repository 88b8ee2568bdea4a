package io.firn.repository.disk;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Several threads that do the same until there is nothing left, or until one fails.
final class Workers {
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /// Work that looks at [#stopped] now and then.
  interface Task {
    void run(Workers workers) throws IOException;
  }

  /// Returns when all are done. The first failure stops the others and is thrown; an interrupt of
  /// the caller counts as one.
  static void run(String name, int count, Task task) throws IOException {
    Workers workers = new Workers();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofPlatform().daemon().name(name + "-" + i).start(() -> workers.work(task)));
    }
    workers.join(threads);
  }

  boolean stopped() {
    return failure.get() != null;
  }

  private void work(Task task) {
    try {
      task.run(this);
    } catch (IOException | RuntimeException | Error e) {
      // The edge of a thread: handed on to whoever waits.
      failure.compareAndSet(null, e);
    }
  }

  private void join(List<Thread> threads) throws IOException {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, interrupted(e));
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static RepositoryException interrupted(InterruptedException e) {
    return new RepositoryException(
        FailureCode.BACKEND, "interrupted while moving a disk. Start it again.", Map.of(), e);
  }
}
