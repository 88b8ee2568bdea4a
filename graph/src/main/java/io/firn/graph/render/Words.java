package io.firn.graph.render;

import io.firn.graph.ClaimRole;
import io.firn.graph.Need;

/// What people read for the graph's terms.
final class Words {
  private Words() {}

  static String of(Need need) {
    return switch (need) {
      case REQUIRED -> "required";
      case OPTIONAL -> "optional";
      case DERIVED -> "derived";
      case NEVER_RESTORE -> "never restored";
    };
  }

  static String of(ClaimRole role) {
    return switch (role) {
      case DISK -> "disk";
      case BACKEND_STORAGE -> "TPM/EFI state";
      case MEMORY_DUMP -> "memory dump";
      case EPHEMERAL_BACKING -> "image below an overlay";
      case SCRATCH -> "scratch";
    };
  }
}
