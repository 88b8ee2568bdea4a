package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The control loops that belong to every cluster, on one thread of their own: garbage collection,
/// the end of namespaces and CRDs, protection of volumes in use, the count of quotas. Each change
/// of an object has it, and what depends on it, looked at again.
///
/// Thread-safe.
final class Housekeeping implements Store.Listener, AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(500);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<ObjectKey> queue = new LinkedHashSet<>();
  private final Set<ObjectKey> failed = new LinkedHashSet<>();
  private final GarbageCollector collector;
  private final Endings endings;
  private final Quotas quotas;
  private boolean closed;

  Housekeeping(GarbageCollector collector, Endings endings, Quotas quotas) {
    this.collector = collector;
    this.endings = endings;
    this.quotas = quotas;
  }

  void start() {
    Thread.ofVirtual().name("housekeeping").start(this::run);
  }

  @Override
  public void changed(ResourceId resource, StoreEvent event) {
    ObjectNode object = event.object();
    ObjectKey key = ObjectKey.of(resource, object);
    Set<ObjectKey> concerned = collector.concernedBy(key, event);
    concerned.addAll(endings.concernedBy(key, event));
    concerned.addAll(quotas.concernedBy(key));
    lock.lock();
    try {
      queue.addAll(concerned);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      Optional<ObjectKey> next = take();
      if (next.isEmpty()) {
        return;
      }
      visit(next.get());
    }
  }

  private void visit(ObjectKey key) {
    try {
      collector.visit(key);
      endings.visit(key);
      quotas.visit(key);
    } catch (RuntimeException e) {
      // The edge of a control loop: whatever failed is tried again, as a controller does.
      lock.lock();
      try {
        failed.add(key);
      } finally {
        lock.unlock();
      }
    }
  }

  private Optional<ObjectKey> take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        if (failed.isEmpty()) {
          changed.await();
        } else if (changed.awaitNanos(RETRY.toNanos()) <= 0) {
          queue.addAll(failed);
          failed.clear();
        }
      }
      if (closed) {
        return Optional.empty();
      }
      ObjectKey key = queue.iterator().next();
      queue.remove(key);
      return Optional.of(key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
