package io.firn.repository.key;

import io.firn.repository.KeyId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What lies in a repository as keys: those that can be read, oldest first, and what is wrong with
/// the others.
public record KeyListing(List<KeyEntry> readable, Map<KeyId, String> damaged) {
  public KeyListing {
    readable = List.copyOf(readable);
    damaged = Collections.unmodifiableMap(new LinkedHashMap<>(damaged));
  }

  /// How many there are, readable or not.
  public int size() {
    return readable.size() + damaged.size();
  }
}
