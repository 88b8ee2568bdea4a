package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.ClaimRole;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Why a machine has a claim for its state.
enum StateNeed {
  /// A TPM or EFI variables that outlast a stop.
  KEPT(Need.REQUIRED, ClaimRole.BACKEND_STORAGE, Severity.INFO),
  /// The preference may ask for such state, and cannot be found.
  POSSIBLE(Need.REQUIRED, ClaimRole.BACKEND_STORAGE, Severity.INFO),
  /// Only the record of changed blocks, which is worthless (and harmful) beside restored disks.
  TRACKING(Need.DERIVED, ClaimRole.SCRATCH, Severity.INFO),
  /// Nothing asks for it; its content is kept all the same.
  LEFTOVER(Need.OPTIONAL, ClaimRole.BACKEND_STORAGE, Severity.WARNING);

  private static final Set<String> TRACKED = Set.of("Initializing", "Enabled");

  private final Need need;
  private final ClaimRole role;
  private final Severity severity;

  StateNeed(Need need, ClaimRole role, Severity severity) {
    this.need = need;
    this.role = role;
    this.severity = severity;
  }

  /// The spec of a running instance counts too, as KubeVirt has put the preference into it. For a
  /// stopped VM the preference itself is read, from its revision or by its name.
  static StateNeed of(Machine machine, ObjectIndex index) {
    boolean asked =
        Stream.concat(
                Stream.of(machine.spec()),
                machine.instance(index).stream().map(instance -> instance.path("spec")))
            .anyMatch(StateNeed::asksForState);
    if (asked) {
      return KEPT;
    }
    return switch (PreferredState.of(machine, index)) {
      case ASKED_FOR -> KEPT;
      case UNKNOWN -> POSSIBLE;
      case NOT_ASKED_FOR -> isTracked(machine, index) ? TRACKING : LEFTOVER;
    };
  }

  Need need() {
    return need;
  }

  ClaimRole role() {
    return role;
  }

  Severity severity() {
    return severity;
  }

  /// What a person should know of such a claim.
  Optional<String> remark(ObjectRef machine, ObjectRef claim) {
    return switch (this) {
      case KEPT, POSSIBLE -> Optional.empty();
      case TRACKING ->
          Optional.of(
              claim + " holds only the changed-block tracking of " + machine + ": not kept");
      case LEFTOVER ->
          Optional.of(
              "%s counts as the TPM and EFI state of %s, whose spec asks for none: KubeVirt deletes it at the next start"
                  .formatted(claim, machine));
    };
  }

  private static boolean asksForState(JsonNode spec) {
    return Json.isTrue(spec, "domain.devices.tpm.persistent")
        || Json.isTrue(spec, "domain.firmware.bootloader.efi.persistent");
  }

  private static boolean isTracked(Machine machine, ObjectIndex index) {
    return Stream.concat(Stream.of(machine.object()), machine.instance(index).stream())
        .flatMap(object -> Json.text(object, "status.changedBlockTracking.state").stream())
        .anyMatch(TRACKED::contains);
  }
}
