package io.firn.simulator.kubevirt;

import io.firn.simulator.api.AdmissionPlugin.Denial;

/// Denials as virt-api words them.
final class Texts {
  private Texts() {}

  /// 422, with the field that is wrong.
  static Denial invalid(String field, String message) {
    return new Denial(422, "Invalid", field + ": " + message);
  }
}
