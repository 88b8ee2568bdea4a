package io.firn.backend.s3;

/// How strictly a bucket keeps what is locked (S3 Object Lock).
public enum LockMode {
  /// Whoever has `s3:BypassGovernanceRetention` may delete all the same.
  GOVERNANCE,
  /// Nobody may, the account's owner included.
  COMPLIANCE
}
