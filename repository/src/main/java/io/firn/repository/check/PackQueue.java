package io.firn.repository.check;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/// Several threads that look at packs; whoever brings packs waits while enough are under way, so
/// that memory does not grow with the repository. The first failure ends it. For one bringer.
public final class PackQueue implements AutoCloseable {
  private final ExecutorService threads;
  private final Semaphore room;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  public PackQueue(int workers) {
    threads =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().daemon().name("firn-check-", 0).factory());
    room = new Semaphore(2 * workers);
  }

  /// Does the work on one of the threads, soon. Throws what an earlier one threw.
  public void add(Runnable work) {
    room.acquireUninterruptibly();
    requireSound();
    threads.execute(() -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        // The edge of a thread: the bringer is told. A pack that was not looked at is not sound.
        failure.compareAndSet(null, e);
      } finally {
        room.release();
      }
    });
  }

  /// Waits for all that was added; fails where that was not all done.
  public void finish() {
    threads.close();
    requireSound();
    if (Thread.currentThread().isInterrupted()) {
      throw new RepositoryException(
          FailureCode.BACKEND, "interrupted while looking into packs. Start again.", Map.of());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void requireSound() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
