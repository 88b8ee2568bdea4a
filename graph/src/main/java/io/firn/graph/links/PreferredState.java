package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.Optional;
import java.util.stream.Stream;

/// What the preference of a machine says about persistent TPM and EFI state.
enum PreferredState {
  ASKED_FOR,
  NOT_ASKED_FOR,
  /// There is a preference, and it cannot be found.
  UNKNOWN;

  static PreferredState of(Machine machine, ObjectIndex index) {
    Optional<String> revision = Matcher.PREFERENCE.revision(machine);
    Optional<ObjectRef> named = Matcher.PREFERENCE.named(machine);
    if (revision.isEmpty() && named.isEmpty()) {
      return NOT_ASKED_FOR;
    }
    return Stream.concat(
            revision.map(name -> machine.sibling(Kinds.CONTROLLER_REVISION, name)).stream(),
            named.stream())
        .flatMap(ref -> index.find(ref).stream())
        .findFirst()
        .map(PreferredState::preference)
        .map(spec -> preferenceAsks(spec) ? ASKED_FOR : NOT_ASKED_FOR)
        .orElse(UNKNOWN);
  }

  /// A revision holds the whole object under `data`.
  private static JsonNode preference(JsonNode object) {
    return object.has("data") ? object.path("data").path("spec") : object.path("spec");
  }

  private static boolean preferenceAsks(JsonNode spec) {
    return Json.isTrue(spec, "devices.preferredTPM.persistent")
        || Json.isTrue(spec, "firmware.preferredEfi.persistent");
  }
}
