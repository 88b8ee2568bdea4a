package io.firn.fake;

import io.firn.cluster.ClusterException;
import io.firn.cluster.Quiesce;
import io.firn.graph.ObjectRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Guests that freeze and thaw as told; answers can be scripted per instance. Thread-safe.
public final class FakeGuests implements Quiesce {
  private final Map<String, FreezeOutcome> freezes = new HashMap<>();
  private final Map<String, Deque<Object>> thaws = new HashMap<>();
  private final Set<String> frozen = new HashSet<>();
  private final List<String> calls = new ArrayList<>();

  /// Every freeze of the instance is answered so.
  public synchronized void onFreeze(String instance, FreezeOutcome outcome) {
    freezes.put(instance, outcome);
  }

  /// The next thaws of the instance are answered so: outcomes, or exceptions to throw.
  public synchronized void onThaw(String instance, Object... answers) {
    thaws.put(instance, new ArrayDeque<>(List.of(answers)));
  }

  public synchronized Set<String> frozen() {
    return Set.copyOf(frozen);
  }

  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized FreezeOutcome freeze(ObjectRef instance, Duration unfreezeTimeout) {
    calls.add("freeze " + instance.name());
    FreezeOutcome outcome = freezes.getOrDefault(instance.name(), new FreezeOutcome.Frozen());
    if (outcome instanceof FreezeOutcome.Frozen) {
      frozen.add(instance.name());
    }
    return outcome;
  }

  @Override
  public synchronized ThawOutcome thaw(ObjectRef instance) {
    calls.add("thaw " + instance.name());
    Deque<Object> script = thaws.getOrDefault(instance.name(), new ArrayDeque<>());
    Object answer = script.isEmpty() ? new ThawOutcome.Thawed() : script.poll();
    if (answer instanceof ClusterException e) {
      throw e;
    }
    if (!(answer instanceof ThawOutcome.Failed)) {
      frozen.remove(instance.name());
    }
    return (ThawOutcome) answer;
  }
}
