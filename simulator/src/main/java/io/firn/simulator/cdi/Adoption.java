package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;

/// Whether a DataVolume may take a claim that is there already.
final class Adoption {
  private Adoption() {}

  /// As the webhook decides when a DataVolume is created.
  static boolean mayTake(ObjectNode volume, ObjectNode claim) {
    boolean ofDataVolume =
        Meta.controller(claim).map(o -> text(o, "kind").equals("DataVolume")).orElse(false);
    return ofDataVolume || filledFor(volume, claim) || adopts(volume);
  }

  /// The claim was filled for a DataVolume of this name.
  static boolean filledFor(ObjectNode volume, ObjectNode claim) {
    return Meta.annotation(claim, Keys.POPULATED_FOR).equals(Meta.name(volume));
  }

  /// The DataVolume is willing to take any claim of its name; only its own annotation counts.
  static boolean adopts(ObjectNode volume) {
    return Meta.annotation(volume, Keys.CLAIM_ADOPTION).equals("true");
  }
}
