package io.firn.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// How the objects that a restore makes are marked while it is going on: label `firn.io/point`
/// (which point they come from; by it they are found) and annotation `firn.io/restore` (which
/// restore is making them). Both come off at its end: what is restored is the user's own.
/// Stateless.
public final class RestoreMarks {
  public static final String POINT = "firn.io/point";
  public static final String RESTORE = "firn.io/restore";

  private RestoreMarks() {}

  /// The restore that an object says it comes from; "" where it is finished or was never restored.
  public static String restore(ObjectNode object) {
    return object.path("metadata").path("annotations").path(RESTORE).asText("");
  }

  /// A merge patch that takes the marks off, and these annotations with them.
  public static ObjectNode removal(String... annotations) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.putObject("labels").putNull(POINT);
    ObjectNode gone = metadata.putObject("annotations").putNull(RESTORE);
    List.of(annotations).forEach(gone::putNull);
    return patch;
  }
}
