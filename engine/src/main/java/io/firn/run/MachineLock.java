package io.firn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.PointName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/// The ConfigMap that says that a machine is being backed up: one a machine, so that the API server
/// lets only one run make it. It names the run, the process it belongs to, and the instance that
/// may be frozen; it is made before anything else and removed after everything else.
public record MachineLock(ObjectRef ref, ObjectRef machine, ObjectNode object) {
  private static final String KIND = "firn.io/machine-kind";
  private static final String NAME = "firn.io/machine-name";

  /// The name of a machine's lock: a hash, because a machine's name can be as long as any name.
  public static ObjectRef refOf(ObjectRef machine) {
    String text = machine.kind() + "/" + machine.name();
    UUID hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return ObjectRef.of(Kinds.CONFIG_MAP, machine.namespace(), "firn-backup-" + hash);
  }

  /// The lock of a machine, to be created.
  public static ObjectNode objectFor(
      ObjectRef machine, RunMarks marks, RunOwner owner, Instant since, PointName point) {
    ObjectRef ref = refOf(machine);
    ObjectNode object = marks.object(Kinds.CONFIG_MAP, ref.namespace(), ref.name());
    object
        .withObject("/metadata/annotations")
        .put(RunMarks.OWNER, owner.text())
        .put(KIND, machine.kind())
        .put(NAME, machine.name());
    object.putObject("data").put("since", since.toString()).put("point", point.value());
    return object;
  }

  /// Reads a ConfigMap; empty where it is no lock.
  public static Optional<MachineLock> read(ObjectNode object) {
    String kind = object.path("metadata").path("annotations").path(KIND).asText("");
    String name = object.path("metadata").path("annotations").path(NAME).asText("");
    if (kind.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    ObjectRef ref = ObjectRef.of(object);
    ObjectRef machine =
        new ObjectRef(Kinds.VIRTUAL_MACHINE.apiGroup(), kind, ref.namespace(), name);
    return Optional.of(new MachineLock(ref, machine, object));
  }

  public ObjectRef instance() {
    return ObjectRef.of(Kinds.INSTANCE, machine.namespace(), machine.name());
  }

  public String run() {
    return RunMarks.run(object);
  }

  /// When the run began, as it says.
  String since() {
    return object.path("data").path("since").asText("an unknown time");
  }

  /// Whether the run began before that time; false where it does not say when.
  public boolean begunBefore(Instant time) {
    try {
      return Instant.parse(since()).isBefore(time);
    } catch (DateTimeParseException unsaid) {
      return false;
    }
  }

  /// Why the run is certainly over; empty where it may be alive.
  public Optional<String> over(Instant now) {
    if (RunMarks.owner(object).map(RunOwner::isDead).orElse(false)) {
      return Optional.of("the process of run " + run() + " has ended");
    }
    return RunMarks.expires(object)
        .filter(expires -> expires.isBefore(now))
        .map(expires -> "run " + run() + " has expired");
  }
}
