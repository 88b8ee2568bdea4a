package io.firn.repository.prune;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Small requests to storage, several at a time. Stateless.
final class Many {
  private static final int AT_ONCE = 16;

  private Many() {}

  /// Returns when all are done; after a failure no new one begins, and the first is thrown.
  static <T> void forEach(Collection<T> items, Consumer<T> action) {
    Semaphore free = new Semaphore(AT_ONCE);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        if (running.stream().anyMatch(task -> task.state() == Future.State.FAILED)) {
          break;
        }
        running.removeIf(task -> task.state() == Future.State.SUCCESS);
        free.acquire();
        running.add(
            threads.submit(() -> {
              try {
                action.accept(item);
              } finally {
                free.release();
              }
            }));
      }
      for (Future<?> task : running) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RepositoryException(
          FailureCode.BACKEND, "interrupted. Start again: nothing is lost.", Map.of(), e);
    }
  }
}
