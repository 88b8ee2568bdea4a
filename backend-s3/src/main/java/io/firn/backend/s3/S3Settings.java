package io.firn.backend.s3;

import java.net.URI;
import java.util.Optional;

/// A place in a bucket and how its store wants to be spoken to. `prefix` is "" or has no slash at
/// either end; `region` is what requests are signed for; `bytesPerSecond` limits each direction, 0
/// for no limit. No secrets in here.
public record S3Settings(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    String region,
    boolean pathStyle,
    boolean chunkedEncoding,
    Checksums checksums,
    ConditionalCreate conditionalCreate,
    long bytesPerSecond,
    Optional<LockRule> objectLock,
    RetryBudget retries) {

  /// AWS's own S3.
  public static S3Settings of(String bucket, String prefix) {
    return new S3Settings(
        bucket,
        prefix,
        Optional.empty(),
        "us-east-1",
        bucket.contains("."),
        false,
        Checksums.WHEN_SUPPORTED,
        ConditionalCreate.AUTO,
        0,
        Optional.empty(),
        RetryBudget.DEFAULT);
  }

  /// For messages: `s3://bucket/prefix`.
  public String url() {
    return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  /// Who answers, for messages.
  String server() {
    return endpoint.map(URI::toString).orElse("AWS region " + region);
  }
}
