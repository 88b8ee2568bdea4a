package io.firn.backend.s3;

import io.firn.repository.backend.PermanentBackendException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/// Asks a bucket what it enforces. Thread-safe.
record ProtectionQuery(StoreContext store) {

  BucketProtection ask() throws IOException {
    Optional<ObjectLockConfiguration> lock =
        fact(() ->
            store
                .client()
                .send(what(), s3 -> s3.getObjectLockConfiguration(r -> r.bucket(bucket())))
                .objectLockConfiguration());
    Optional<BucketVersioningStatus> versioning =
        fact(() ->
            store
                .client()
                .send(what(), s3 -> s3.getBucketVersioning(r -> r.bucket(bucket())))
                .status());
    Optional<DefaultRetention> standard =
        lock.flatMap(l -> Optional.ofNullable(l.rule()))
            .flatMap(rule -> Optional.ofNullable(rule.defaultRetention()));
    return new BucketProtection(
        versioning.filter(BucketVersioningStatus.ENABLED::equals).isPresent(),
        lock.filter(l -> l.objectLockEnabled() == ObjectLockEnabled.ENABLED).isPresent(),
        standard.flatMap(ProtectionQuery::mode),
        standard.flatMap(ProtectionQuery::period));
  }

  /// A question to the store whose answer may be nothing.
  private interface Question<T> {
    T ask() throws IOException;
  }

  private <T> Optional<T> fact(Question<T> question) throws IOException {
    try {
      return store.retry().call(_ -> Optional.ofNullable(question.ask()));
    } catch (NoSuchFileException | PermanentBackendException e) {
      if (S3Answers.saysNoLock(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<LockMode> mode(DefaultRetention retention) {
    return Optional.ofNullable(retention.mode())
        .map(mode ->
            mode == ObjectLockRetentionMode.COMPLIANCE ? LockMode.COMPLIANCE : LockMode.GOVERNANCE);
  }

  private static Optional<Duration> period(DefaultRetention retention) {
    return Optional.ofNullable(retention.days())
        .map(Duration::ofDays)
        .or(() ->
            Optional.ofNullable(retention.years()).map(years -> Duration.ofDays(365L * years)));
  }

  private String what() {
    return "the protection of bucket " + bucket();
  }

  private String bucket() {
    return store.settings().bucket();
  }
}
