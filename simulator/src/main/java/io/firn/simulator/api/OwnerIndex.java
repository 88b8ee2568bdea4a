package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which object has which UID, and which objects name a UID as their owner.
///
/// Thread-safe.
final class OwnerIndex implements Store.Listener {
  private final Map<String, ObjectKey> byUid = new HashMap<>();
  private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();

  @Override
  public synchronized void changed(ResourceId resource, StoreEvent event) {
    ObjectKey key = ObjectKey.of(resource, event.object());
    event.previous().ifPresent(previous -> forget(key, previous));
    if (event.type() == StoreEvent.Type.DELETED) {
      byUid.remove(Meta.uid(event.object()));
      return;
    }
    byUid.put(Meta.uid(event.object()), key);
    for (JsonNode owner : Meta.owners(event.object())) {
      dependents.computeIfAbsent(owner.path("uid").asText(), _ -> new LinkedHashSet<>()).add(key);
    }
  }

  private void forget(ObjectKey key, JsonNode previous) {
    for (JsonNode owner : Meta.owners(previous)) {
      String uid = owner.path("uid").asText();
      Set<ObjectKey> keys = dependents.get(uid);
      if (keys != null) {
        keys.remove(key);
        if (keys.isEmpty()) {
          dependents.remove(uid);
        }
      }
    }
  }

  synchronized Optional<ObjectKey> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  synchronized List<ObjectKey> dependentsOf(String uid) {
    return List.copyOf(dependents.getOrDefault(uid, Set.of()));
  }
}
