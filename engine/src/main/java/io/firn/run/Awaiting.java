package io.firn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.ObjectRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Waits for objects, and not in silence ([LongWait]).
///
/// Thread-safe.
public record Awaiting(ClusterObjects objects, Consumer<String> told, Duration pace) {
  public Awaiting(ClusterObjects objects, Consumer<String> told) {
    this(objects, told, LongWait.PACE);
  }

  /// As [ClusterObjects#await]; `what` is awaited, as in "the volume to be cut", and the timeout
  /// says what the events say. `known` is what the object itself says of the delay.
  public Optional<ObjectNode> await(
      ObjectRef ref,
      String what,
      Predicate<Optional<ObjectNode>> condition,
      Function<Optional<ObjectNode>, String> known,
      Duration atMost) {
    LongWait wait = new LongWait(what, () -> List.of(ref), new ObjectEvents(objects), told, pace);
    Seen seen = new Seen(condition);
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      try {
        return objects.await(ref, seen, left.compareTo(pace) < 0 ? left : pace);
      } catch (ClusterException e) {
        if (e.code() != ClusterException.Code.TIMEOUT || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        if (System.nanoTime() >= deadline) {
          throw late(ref, what, wait.cause(known.apply(seen.last)), atMost, e);
        }
        wait.goesOn(known.apply(seen.last));
      }
    }
  }

  public Optional<ObjectNode> await(
      ObjectRef ref, String what, Predicate<Optional<ObjectNode>> condition, Duration atMost) {
    return await(ref, what, condition, _ -> "", atMost);
  }

  /// Waits until the object is gone; what holds it is said.
  public void awaitGone(ObjectRef ref, Duration atMost) {
    await(ref, ref + " to go", Optional::isEmpty, Awaiting::holders, atMost);
  }

  private static String holders(Optional<ObjectNode> object) {
    List<String> names =
        object.stream()
            .flatMap(o -> o.at("/metadata/finalizers").valueStream())
            .map(name -> name.asText())
            .toList();
    return names.isEmpty() ? "" : "it is held by its finalizers (" + String.join(", ", names) + ")";
  }

  private static ClusterException late(
      ObjectRef ref, String what, String cause, Duration atMost, ClusterException e) {
    Map<String, String> context = new LinkedHashMap<>(e.context());
    context.put("cause", cause);
    String text =
        "Waited %d s for %s in vain%s. Look at %s with kubectl describe, then try again."
            .formatted(atMost.toSeconds(), what, cause.isEmpty() ? "" : ": " + cause, ref);
    return new ClusterException(ClusterException.Code.TIMEOUT, text, context, e);
  }

  /// Remembers what it was shown last.
  private static final class Seen implements Predicate<Optional<ObjectNode>> {
    private final Predicate<Optional<ObjectNode>> condition;
    private volatile Optional<ObjectNode> last = Optional.empty();

    Seen(Predicate<Optional<ObjectNode>> condition) {
      this.condition = condition;
    }

    @Override
    public boolean test(Optional<ObjectNode> object) {
      last = object;
      return condition.test(object);
    }
  }
}
