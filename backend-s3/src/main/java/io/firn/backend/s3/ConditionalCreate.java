package io.firn.backend.s3;

/// Whether an upload says "only if nothing is there" (`If-None-Match: *`).
public enum ConditionalCreate {
  /// Yes, until the store says that it does not know it.
  AUTO,
  ALWAYS,
  /// Looks first. Between look and upload another writer may come: names are digests of the
  /// content, so it would bring the same; only two `init` of one place must not meet.
  NEVER
}
