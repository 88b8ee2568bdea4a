package io.firn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the cluster says in events of objects, and of the pods that belong to them: the last one of
/// each, warnings first. It explains a wait, and never fails one: where events cannot be read, that
/// is what is said.
///
/// Thread-safe.
public record ObjectEvents(ClusterObjects objects) {
  private static final int MOST = 2;

  /// Tells that something goes on as it should.
  private static final Set<String> NO_NEWS =
      Set.of("SuccessfulCreate", "Scheduled", "Created", "Started", "Pulled");

  /// One line; "" where there is nothing to tell.
  public String of(List<ObjectRef> about) {
    if (about.isEmpty()) {
      return "";
    }
    try {
      List<ObjectNode> events = objects.list(Kinds.EVENT, about.getFirst().namespace(), "");
      return String.join(
          "; ",
          about.stream()
              .flatMap(ref -> last(events, ref).stream())
              .sorted(Comparator.comparingInt(event -> isWarning(event) ? 0 : 1))
              .map(ObjectEvents::line)
              .distinct()
              .limit(MOST)
              .toList());
    } catch (ClusterException unreadable) {
      return unreadable.code() == ClusterException.Code.FORBIDDEN
          ? "its events may not be read (list events in namespace "
              + about.getFirst().namespace()
              + ")"
          : "";
    }
  }

  private static Optional<ObjectNode> last(List<ObjectNode> events, ObjectRef ref) {
    return events.stream()
        .filter(event -> concerns(event.path("involvedObject"), ref))
        .filter(event -> !NO_NEWS.contains(event.path("reason").asText()))
        .max(Comparator.comparing(ObjectEvents::time));
  }

  private static boolean concerns(JsonNode involved, ObjectRef ref) {
    String kind = involved.path("kind").asText();
    String name = involved.path("name").asText();
    return (kind.equals(ref.kind()) && name.equals(ref.name()))
        || (kind.equals(Kinds.POD.kind()) && pods(ref).anyMatch(name::startsWith));
  }

  /// How the names of the pods begin that an object has.
  private static Stream<String> pods(ObjectRef ref) {
    if (ref.kind().equals(Kinds.JOB.kind())) {
      return Stream.of(ref.name() + "-");
    }
    boolean machine =
        ref.kind().equals(Kinds.VIRTUAL_MACHINE.kind()) || ref.kind().equals(Kinds.INSTANCE.kind());
    return machine ? Stream.of("virt-launcher-" + ref.name() + "-") : Stream.empty();
  }

  /// Events of the older and of the newer API have their times in different fields.
  private static String time(ObjectNode event) {
    return Stream.of(
            "/series/lastObservedTime",
            "/lastTimestamp",
            "/eventTime",
            "/metadata/creationTimestamp")
        .map(field -> event.at(field).asText(""))
        .filter(text -> !text.isEmpty() && !text.equals("null"))
        .findFirst()
        .orElse("");
  }

  private static boolean isWarning(ObjectNode event) {
    return event.path("type").asText().equals("Warning");
  }

  private static String line(ObjectNode event) {
    JsonNode involved = event.path("involvedObject");
    return "%s %s: %s: %s"
        .formatted(
            involved.path("kind").asText(),
            involved.path("name").asText(),
            event.path("reason").asText(),
            event.path("message").asText().strip());
  }
}
