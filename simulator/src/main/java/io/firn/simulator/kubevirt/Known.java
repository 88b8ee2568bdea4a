package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The last seen state of all objects of a kind, to find out whom a change elsewhere concerns.
/// Never the ground for a decision: that is read afresh.
///
/// Thread-safe.
final class Known {
  private final Map<ObjectKey, ObjectNode> objects = new ConcurrentHashMap<>();

  void saw(ObjectNode object) {
    objects.put(ObjectKey.of(object), object);
  }

  void forget(ObjectKey key) {
    objects.remove(key);
  }

  List<ObjectKey> matching(String namespace, Predicate<ObjectNode> wanted) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().namespace().equals(namespace))
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<ObjectKey> keys() {
    return List.copyOf(objects.keySet());
  }
}
