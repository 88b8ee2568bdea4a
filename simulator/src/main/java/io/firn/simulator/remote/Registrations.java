package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Installed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Objects that have an API server call this process: made or taken over, and removed in the end.
///
/// Thread-safe.
final class Registrations implements AutoCloseable {
  private final ApiClient client;
  private final List<Made> made = new ArrayList<>();

  private record Made(ResourceType type, ObjectKey key, String uid) {}

  Registrations(ApiClient client) {
    this.client = client;
  }

  /// Makes an object. One of the name that an earlier simulator left is replaced; one of somebody
  /// else is an IllegalStateException.
  synchronized void put(ResourceType type, ObjectNode object) {
    ObjectKey key = ObjectKey.of(object);
    Optional<ObjectNode> found = client.get(type, key.namespace(), key.name());
    if (found.isPresent()) {
      if (!Installed.isMarked(found.get())) {
        throw new IllegalStateException(
            "%s %s is there already, and the simulator has not made it; remove it first, or leave the simulator's part out"
                .formatted(type.kind(), key.name()));
      }
      client.deleteNow(type, key, Meta.uid(found.get()));
    }
    ObjectNode now = create(type, object);
    made.add(new Made(type, key, Meta.uid(now)));
  }

  /// What is being removed still can be in the way for a moment.
  private ObjectNode create(ResourceType type, ObjectNode object) {
    return Patience.until(
        "the removal of an earlier " + type.kind() + " " + Meta.name(object),
        () -> {
          try {
            return Optional.of(client.create(type, object));
          } catch (ApiFailure e) {
            if (e.alreadyExists()) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /// Waits until the API server calls an APIService available.
  void awaitAvailable(String name) {
    Patience.until(
        "the API server to reach APIService " + name,
        () ->
            client
                .get(AggregationObjects.API_SERVICE, "", name)
                .flatMap(one ->
                    Fields.named(Fields.at(one, "status", "conditions"), "type", "Available"))
                .filter(one -> Fields.text(one, "status").equals("True")));
  }

  @Override
  public synchronized void close() {
    for (Made one : made.reversed()) {
      try {
        client.deleteNow(one.type(), one.key(), one.uid());
      } catch (ApiFailure e) {
        // The API server is going, too; whoever comes next knows the object by its mark.
        System.getLogger(Registrations.class.getName())
            .log(System.Logger.Level.DEBUG, "removal of " + one.key(), e);
      }
    }
    made.clear();
  }
}
