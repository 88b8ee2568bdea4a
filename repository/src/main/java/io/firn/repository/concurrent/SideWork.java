package io.firn.repository.concurrent;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Something that is done on a thread of its own while its caller waits for something else. Closing
/// waits for its end, so that nothing goes on behind a caller who has failed. Thread-safe.
public final class SideWork<T> implements AutoCloseable {
  private final FutureTask<T> task;
  private final Thread thread;

  private SideWork(FutureTask<T> task, Thread thread) {
    this.task = task;
    this.thread = thread;
  }

  /// `name` is the thread's. What the work throws is kept for [#join].
  public static <T> SideWork<T> start(String name, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    return new SideWork<>(task, Thread.ofPlatform().daemon().name(name).start(task));
  }

  /// Waits for the result; throws what the work threw.
  public T join() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
