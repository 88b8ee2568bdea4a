package io.firn.restore;

/// The mark of a claim whose data is complete and verified.
final class ClaimFilling {
  /// Annotation: the digest of the data, or `folder` where there is no disk image.
  static final String POPULATED = "firn.io/populated";

  private ClaimFilling() {}
}
