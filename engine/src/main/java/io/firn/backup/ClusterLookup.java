package io.firn.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.ObjectLookup;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Answers a graph from lists of the cluster, each read once. A refused list is never taken for an
/// empty one: whoever draws a conclusion from an absence asks whether it is known. What this user
/// may not list is unreadable and not an error; anything else that the cluster says is a
/// [ClusterException].
///
/// Thread-safe. One per look at the cluster: it never reads a list again.
public final class ClusterLookup implements ObjectLookup {
  private final ClusterObjects objects;
  private final Map<Place, Answer> answers = new ConcurrentHashMap<>();
  private final Map<ObjectRef, Answer> named = new ConcurrentHashMap<>();

  public ClusterLookup(ClusterObjects objects) {
    this.objects = objects;
  }

  @Override
  public List<ObjectNode> list(ResourceKind kind, String namespace) {
    return switch (answer(kind, namespace)) {
      case Answer.Listed(List<ObjectNode> found) -> found;
      case Answer.Refused _ -> List.of();
    };
  }

  @Override
  public Optional<String> unreadable(ResourceKind kind, String namespace) {
    return switch (answer(kind, namespace)) {
      case Answer.Listed _ -> Optional.empty();
      case Answer.Refused(String reason) -> Optional.of(reason);
    };
  }

  /// The object of that name; empty where it is not there or cannot be read. One that may not be
  /// listed is asked for by its name.
  Optional<ObjectNode> find(ResourceKind kind, ObjectRef ref) {
    return switch (look(kind, ref)) {
      case Answer.Listed(List<ObjectNode> found) -> found.stream().findFirst();
      case Answer.Refused _ -> Optional.empty();
    };
  }

  /// Why it is unknown whether the object is there: it can neither be listed nor asked for by its
  /// name. Empty where it is known.
  Optional<String> unknown(ResourceKind kind, ObjectRef ref) {
    return switch (look(kind, ref)) {
      case Answer.Listed _ -> Optional.empty();
      case Answer.Refused(String reason) -> Optional.of(reason);
    };
  }

  private Answer look(ResourceKind kind, ObjectRef ref) {
    return switch (answer(kind, ref.namespace())) {
      case Answer.Listed(List<ObjectNode> all) ->
          new Answer.Listed(
              all.stream()
                  .filter(object -> object.at("/metadata/name").asText().equals(ref.name()))
                  .toList());
      case Answer.Refused _ ->
          named.computeIfAbsent(ref, _ -> read(() -> objects.get(ref).stream().toList()));
    };
  }

  private Answer answer(ResourceKind kind, String namespace) {
    String where = kind.namespaced() ? namespace : "";
    return answers.computeIfAbsent(
        new Place(kind, where), _ -> read(() -> objects.list(kind, where, "")));
  }

  private static Answer read(Supplier<List<ObjectNode>> question) {
    try {
      return new Answer.Listed(question.get());
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.FORBIDDEN) {
        return new Answer.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private record Place(ResourceKind kind, String namespace) {}

  private sealed interface Answer {
    record Listed(List<ObjectNode> found) implements Answer {}

    record Refused(String reason) implements Answer {}
  }
}
