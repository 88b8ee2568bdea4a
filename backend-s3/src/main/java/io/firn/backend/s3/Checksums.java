package io.firn.backend.s3;

/// What a store gets to check an upload with.
public enum Checksums {
  /// `x-amz-checksum-crc32`, which processors compute in passing. What is read is checked against
  /// SHA-256 anyway.
  WHEN_SUPPORTED,
  /// `Content-MD5`, which the oldest stores understand; costs processor time.
  WHEN_REQUIRED
}
