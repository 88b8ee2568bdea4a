package io.firn.graph;

/// What a volume claim is to its machine; backup decides by it what to capture.
public enum ClaimRole {
  /// A disk with data.
  DISK,
  /// TPM and EFI state (`persistent-state-for-…`).
  BACKEND_STORAGE,
  /// A dump of memory; its data may be left out.
  MEMORY_DUMP,
  /// A read-only image under an ephemeral overlay.
  EPHEMERAL_BACKING,
  /// Scratch of a running action (utility volumes): data never kept.
  SCRATCH
}
