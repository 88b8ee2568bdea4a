package io.firn.run;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// The same work on several items at once, each on a virtual thread.
///
/// The first failure interrupts the others and is thrown once all have ended; interrupting the
/// caller does the same and throws `INTERRUPTED`. So nothing runs on behind the caller's back.
public final class Parallel {
  private Parallel() {}

  /// Results in the order of the items; at most `limit` at once.
  public static <I, R> List<R> map(List<I> items, int limit, Function<I, R> work) {
    Semaphore places = new Semaphore(limit);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutorCompletionService<R> completion = new ExecutorCompletionService<>(threads);
      List<Future<R>> futures = new ArrayList<>();
      for (I item : items) {
        futures.add(
            completion.submit(() -> {
              places.acquire();
              try {
                return work.apply(item);
              } finally {
                places.release();
              }
            }));
      }
      try {
        for (int i = 0; i < futures.size(); i++) {
          completion.take().get();
        }
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw unwrap(e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw interrupted(e);
      }
    }
  }

  public static FirnException interrupted(Throwable cause) {
    return new FirnException(
        new Failure(
            FailureCode.INTERRUPTED,
            "Interrupted: no point was made",
            "Guests are thawed and temporary objects removed; run it again when you like.",
            Map.of(),
            true),
        cause);
  }

  private static RuntimeException unwrap(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException failure) {
      return failure;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("parallel work ended abnormally", e.getCause());
  }
}
