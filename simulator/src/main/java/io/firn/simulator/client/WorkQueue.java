package io.firn.simulator.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Calls a reconciler for keys: each key at most once at a time, repeated requests for one key
/// merged, failures tried again after a growing pause.
///
/// Thread-safe.
public final class WorkQueue implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /// Brings one object towards what it should be; answers when to look again, if at all.
  @FunctionalInterface
  public interface Reconciler {
    Optional<Duration> reconcile(ObjectKey key) throws Exception;
  }

  private final String name;
  private final Reconciler reconciler;
  private final int workers;
  private final Set<ObjectKey> waiting = new LinkedHashSet<>();
  private final Set<ObjectKey> running = new HashSet<>();
  private final Map<ObjectKey, Integer> failures = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("work-timer").factory());
  private boolean closed;

  public WorkQueue(String name, int workers, Reconciler reconciler) {
    this.name = name;
    this.workers = workers;
    this.reconciler = reconciler;
  }

  public void start() {
    for (int i = 0; i < workers; i++) {
      Thread.ofVirtual().name(name + "-" + i).start(this::work);
    }
  }

  public synchronized void add(ObjectKey key) {
    if (!closed && waiting.add(key)) {
      notifyAll();
    }
  }

  public synchronized void addAfter(ObjectKey key, Duration delay) {
    if (!closed) {
      var _ = timer.schedule(() -> add(key), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void work() {
    for (ObjectKey key = take(); key != null; key = take()) {
      ObjectKey current = key;
      try {
        Optional<Duration> again = reconciler.reconcile(key);
        done(key, true);
        again.ifPresent(delay -> addAfter(current, delay));
      } catch (Exception e) {
        // The edge of a reconcile: whatever went wrong is tried again.
        LOG.log(Level.DEBUG, name + " " + key + ": " + e.getMessage(), e);
        addAfter(key, done(key, false));
      }
    }
  }

  private synchronized @Nullable ObjectKey take() {
    while (!closed) {
      for (ObjectKey key : waiting) {
        if (!running.contains(key)) {
          waiting.remove(key);
          running.add(key);
          return key;
        }
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  private synchronized Duration done(ObjectKey key, boolean success) {
    running.remove(key);
    notifyAll();
    if (success) {
      failures.remove(key);
      return Duration.ZERO;
    }
    int count = failures.merge(key, 1, Integer::sum);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(count - 1, 6));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    timer.shutdownNow();
  }
}
