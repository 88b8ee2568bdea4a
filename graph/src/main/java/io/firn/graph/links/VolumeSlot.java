package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Optional;

/// One volume of a machine: `holder` is the object that names it, `claimant` the machine that it
/// counts for, `path` where it is written, `need` what losing it means.
record VolumeSlot(
    Machine holder, ObjectRef claimant, String name, JsonNode source, String path, Need need) {
  static VolumeSlot of(Machine machine, ObjectRef claimant, JsonNode volume) {
    return of(machine, claimant, volume, Need.REQUIRED);
  }

  static VolumeSlot of(Machine machine, ObjectRef claimant, JsonNode volume, Need need) {
    String name = volume.path("name").asText("");
    return new VolumeSlot(
        machine, claimant, name, volume, machine.path("volumes[" + name + "]"), need);
  }

  Optional<String> text(String dottedPath) {
    return Json.text(source, dottedPath);
  }

  String path(String field) {
    return path + "." + field;
  }

  ObjectRef sibling(ResourceKind kind, String objectName) {
    return holder.sibling(kind, objectName);
  }

  /// Links the holder to the object named at a field of this volume, if that is set.
  void link(ResourceKind kind, String field, Draft draft) {
    link(kind, field, need, draft);
  }

  void link(ResourceKind kind, String field, Need fieldNeed, Draft draft) {
    text(field)
        .map(named -> sibling(kind, named))
        .ifPresent(ref -> draft.link(holder.ref(), ref, fieldNeed, path(field)));
  }
}
