package io.firn.simulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The latest changes of one resource, in a ring: what a watch replays from. Older ones are
/// forgotten, and a watch that asks for them is told so (410).
///
/// Not thread-safe: the store's lock guards it.
final class EventLog {
  private final StoreEvent[] ring;
  private long count;

  /// The revision up to which changes have been forgotten.
  private long compacted;

  EventLog(int capacity) {
    this.ring = new StoreEvent[capacity];
  }

  void add(StoreEvent event) {
    int slot = (int) (count % ring.length);
    if (count >= ring.length) {
      compacted = ring[slot].revision();
    }
    ring[slot] = event;
    count++;
  }

  long latest() {
    return count == 0 ? 0 : at(count - 1).revision();
  }

  /// The changes after that revision, oldest first; empty (the Optional) where some of them have
  /// been forgotten.
  Optional<List<StoreEvent>> after(long revision) {
    if (revision < compacted) {
      return Optional.empty();
    }
    long from = firstAfter(revision);
    List<StoreEvent> events = new ArrayList<>((int) (count - from));
    for (long i = from; i < count; i++) {
      events.add(at(i));
    }
    return Optional.of(events);
  }

  long oldest() {
    return compacted;
  }

  private long firstAfter(long revision) {
    long low = Math.max(0, count - ring.length);
    long high = count;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).revision() <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private StoreEvent at(long index) {
    return ring[(int) (index % ring.length)];
  }
}
