package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// All objects, by resource and name, under one monotone revision counter, as etcd keeps them.
/// Writes compare revisions, so that callers need no lock of their own; what is handed out is
/// shared and must not be changed.
///
/// Thread-safe.
final class Store {
  /// Told of every change, in order, under the store's lock: it must be quick.
  interface Listener {
    void changed(ResourceId resource, StoreEvent event);
  }

  /// Objects as of one revision.
  record Snapshot(List<ObjectNode> items, long revision) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ResourceId, Table> tables = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final int logCapacity;
  private long revision = 1;
  private boolean closed;

  private final class Table {
    final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    final EventLog log = new EventLog(logCapacity);
    final Condition changed = lock.newCondition();
  }

  Store(int logCapacity) {
    this.logCapacity = logCapacity;
  }

  void listen(Listener listener) {
    lock.lock();
    try {
      listeners.add(listener);
    } finally {
      lock.unlock();
    }
  }

  long revision() {
    lock.lock();
    try {
      return revision;
    } finally {
      lock.unlock();
    }
  }

  Optional<ObjectNode> find(ObjectKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(table(key.resource()).objects.get(key.path()));
    } finally {
      lock.unlock();
    }
  }

  /// Stores a new object and stamps its revision; false where the name is taken.
  boolean insert(ObjectKey key, ObjectNode object) {
    lock.lock();
    try {
      Table table = table(key.resource());
      if (table.objects.containsKey(key.path())) {
        return false;
      }
      stamp(object);
      table.objects.put(key.path(), object);
      publish(
          key.resource(),
          new StoreEvent(StoreEvent.Type.ADDED, revision, object, Optional.empty()));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Replaces the object if it still has that revision; false where it changed or is gone.
  boolean replace(ObjectKey key, long expected, ObjectNode next) {
    lock.lock();
    try {
      Table table = table(key.resource());
      ObjectNode present = table.objects.get(key.path());
      if (present == null || Meta.revision(present) != expected) {
        return false;
      }
      stamp(next);
      table.objects.put(key.path(), next);
      publish(
          key.resource(),
          new StoreEvent(StoreEvent.Type.MODIFIED, revision, next, Optional.of(present)));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Removes the object if it still has that revision. `last` is the state that watches are told.
  boolean remove(ObjectKey key, long expected, ObjectNode last) {
    lock.lock();
    try {
      Table table = table(key.resource());
      ObjectNode present = table.objects.get(key.path());
      if (present == null || Meta.revision(present) != expected) {
        return false;
      }
      ObjectNode gone = last.deepCopy();
      stamp(gone);
      table.objects.remove(key.path());
      publish(
          key.resource(),
          new StoreEvent(StoreEvent.Type.DELETED, revision, gone, Optional.of(present)));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The objects of a namespace, or of all with "".
  Snapshot list(ResourceId resource, String namespace) {
    lock.lock();
    try {
      TreeMap<String, ObjectNode> objects = table(resource).objects;
      Map<String, ObjectNode> part =
          namespace.isEmpty()
              ? objects
              : objects.subMap(namespace + '\u0000', true, namespace + '\u0001', false);
      return new Snapshot(new ArrayList<>(part.values()), revision);
    } finally {
      lock.unlock();
    }
  }

  /// Waits up to `patience` for changes of a resource after a revision. An empty list means that
  /// none came; an empty Optional that the log no longer reaches back so far.
  Optional<List<StoreEvent>> changes(ResourceId resource, long after, Duration patience)
      throws InterruptedException {
    lock.lock();
    try {
      Table table = table(resource);
      long nanos = patience.toNanos();
      while (!closed && table.log.latest() <= after && nanos > 0) {
        nanos = table.changed.awaitNanos(nanos);
      }
      return table.log.after(after);
    } finally {
      lock.unlock();
    }
  }

  /// The revision up to which changes of a resource are forgotten.
  long compacted(ResourceId resource) {
    lock.lock();
    try {
      return table(resource).log.oldest();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Ends every wait.
  void close() {
    lock.lock();
    try {
      closed = true;
      tables.values().forEach(table -> table.changed.signalAll());
    } finally {
      lock.unlock();
    }
  }

  private void stamp(ObjectNode object) {
    revision++;
    Meta.writable(object).put("resourceVersion", Long.toString(revision));
  }

  private void publish(ResourceId resource, StoreEvent event) {
    Table table = table(resource);
    table.log.add(event);
    table.changed.signalAll();
    listeners.forEach(listener -> listener.changed(resource, event));
  }

  private Table table(ResourceId resource) {
    return tables.computeIfAbsent(resource, _ -> new Table());
  }
}
