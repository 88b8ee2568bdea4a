package io.firn.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Access;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterException.Code;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.rights.Right;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Objects in memory, with the rules that a backup relies on: creates are atomic, waits end when
/// the object changes, rights can be taken away. Thread-safe.
public final class FakeObjects implements ClusterObjects, Access {
  private final Map<ObjectRef, ObjectNode> objects = new TreeMap<>();
  private final Set<String> refused = new HashSet<>();
  private final List<ObjectRef> created = new ArrayList<>();
  private long uids;

  /// Takes a right away: `create jobs`, `list secrets`, `update virtualmachineinstances/freeze`.
  public synchronized void refuse(String right) {
    refused.add(right);
  }

  public synchronized void put(ObjectNode object) {
    objects.put(ObjectRef.of(object), object.deepCopy());
    notifyAll();
  }

  /// Changes an object in place.
  public synchronized void change(ObjectRef ref, Consumer<ObjectNode> change) {
    ObjectNode object = objects.get(ref);
    if (object != null) {
      change.accept(object);
      notifyAll();
    }
  }

  /// What has been created through the API so far, whether it is still there or not.
  public synchronized List<ObjectRef> created() {
    return List.copyOf(created);
  }

  @Override
  public synchronized Optional<ObjectNode> get(ObjectRef ref) {
    Kinds.of(ref).ifPresent(kind -> require("get", kind));
    return Optional.ofNullable(objects.get(ref)).map(ObjectNode::deepCopy);
  }

  @Override
  public List<ResourceKind> namespacedKinds() {
    return Kinds.all().stream().filter(ResourceKind::namespaced).toList();
  }

  @Override
  public synchronized List<ObjectNode> list(
      ResourceKind kind, String namespace, String labelSelector) {
    require("list", kind);
    return objects.entrySet().stream()
        .filter(e -> e.getKey().kind().equals(kind.kind()))
        .filter(e -> e.getKey().apiGroup().equals(kind.apiGroup()))
        .filter(e -> namespace.isEmpty() || e.getKey().namespace().equals(namespace))
        .map(Map.Entry::getValue)
        .filter(object -> matches(object, labelSelector))
        .map(ObjectNode::deepCopy)
        .toList();
  }

  @Override
  public Optional<ResourceKind> served(String apiGroup, String kind) {
    return Kinds.of(new ObjectRef(apiGroup, kind, "", ""));
  }

  @Override
  public Trial attempt(ObjectNode object) {
    return new Trial(object.deepCopy(), List.of());
  }

  @Override
  public synchronized ObjectNode create(ObjectNode object, boolean dryRun) {
    ObjectRef ref = ObjectRef.of(object);
    require("create", Kinds.of(ref).orElseThrow());
    if (objects.containsKey(ref)) {
      throw new ClusterException(Code.ALREADY_EXISTS, ref + " exists", Map.of());
    }
    ObjectNode stored = object.deepCopy();
    stored.withObject("/metadata").put("uid", "uid-" + ++uids);
    objects.put(ref, stored);
    created.add(ref);
    notifyAll();
    return stored.deepCopy();
  }

  @Override
  public ObjectNode mergePatch(ObjectRef ref, ObjectNode patch, boolean status) {
    throw new UnsupportedOperationException("no backup patches an object: " + ref);
  }

  @Override
  public synchronized boolean delete(ObjectRef ref, Propagation propagation, Optional<String> uid) {
    require("delete", Kinds.of(ref).orElseThrow());
    boolean removed = objects.remove(ref) != null;
    notifyAll();
    return removed;
  }

  @Override
  public synchronized Optional<ObjectNode> await(
      ObjectRef ref, Predicate<Optional<ObjectNode>> condition, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Optional<ObjectNode> now = get(ref);
      if (condition.test(now)) {
        return now;
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new ClusterException(Code.TIMEOUT, ref + " is not as awaited", Map.of());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterException(Code.TIMEOUT, "interrupted", Map.of(), e);
      }
    }
  }

  @Override
  public synchronized boolean allowed(
      String verb, ResourceKind kind, String subresource, String namespace) {
    String resource = subresource.isEmpty() ? kind.plural() : kind.plural() + "/" + subresource;
    return !refused.contains(verb + " " + resource);
  }

  @Override
  public synchronized Set<Right> missing(String namespace, Collection<Right> rights) {
    return rights.stream()
        .filter(right -> refused.contains(right.verb() + " " + right.resource()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public Optional<String> user() {
    return Optional.of("jane");
  }

  private void require(String verb, ResourceKind kind) {
    if (refused.contains(verb + " " + kind.plural())) {
      throw new ClusterException(
          Code.FORBIDDEN,
          "this user may not " + verb + " " + kind.plural(),
          Map.of("verb", verb, "resource", kind.plural()));
    }
  }

  private static boolean matches(ObjectNode object, String selector) {
    JsonNode labels = object.path("metadata").path("labels");
    for (String term : selector.isEmpty() ? new String[0] : selector.split(",")) {
      String[] parts = term.split("=", 2);
      boolean fits =
          parts.length == 1
              ? labels.has(parts[0])
              : labels.path(parts[0]).asText().equals(parts[1]);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
