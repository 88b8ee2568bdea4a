package io.firn.backend.s3;

import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import io.firn.repository.backend.PermanentBackendException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.PutObjectRetentionRequest;

/// S3 Object Lock with a date for each object ("retention"). Thread-safe.
final class S3ObjectLock implements ObjectLock {
  private final StoreContext store;
  private final ObjectKeys keys;
  private final LockRule rule;

  S3ObjectLock(StoreContext store, ObjectKeys keys, LockRule rule) {
    this.store = store;
    this.keys = keys;
    this.rule = rule;
  }

  @Override
  public Duration period() {
    return rule.period();
  }

  @Override
  public Duration slack() {
    return rule.slack();
  }

  /// Until when a file that is saved now is locked; empty for locks of processes and marks of a
  /// prune, which come and go.
  Optional<Instant> untilForNew(FileType type) {
    return switch (type) {
      case LOCK, MARK, SEEN -> Optional.empty();
      case CONFIG, KEY, PACK, INDEX, SNAPSHOT ->
          Optional.of(upToSecond(store.clock().instant().plus(period()).plus(slack())));
    };
  }

  @Override
  public Optional<Instant> lockedUntil(FileHandle handle) throws IOException {
    GetObjectRetentionRequest request =
        GetObjectRetentionRequest.builder()
            .bucket(store.settings().bucket())
            .key(keys.of(handle))
            .build();
    try {
      return store
          .retry()
          .call(_ ->
              Optional.ofNullable(
                      store
                          .client()
                          .send(handle.toString(), s3 -> s3.getObjectRetention(request))
                          .retention())
                  .map(ObjectLockRetention::retainUntilDate));
    } catch (NoSuchFileException absent) {
      if (S3Answers.saysNoLock(absent)) {
        return Optional.empty();
      }
      throw absent;
    } catch (PermanentBackendException e) {
      if (S3Answers.saysNoLock(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void extend(FileHandle handle, Instant until) throws IOException {
    Optional<Instant> now = lockedUntil(handle);
    if (now.isPresent() && !now.get().isBefore(until)) {
      return;
    }
    PutObjectRetentionRequest request =
        PutObjectRetentionRequest.builder()
            .bucket(store.settings().bucket())
            .key(keys.of(handle))
            .retention(r -> r.mode(mode()).retainUntilDate(upToSecond(until)))
            .build();
    store
        .retry()
        .call(_ -> store.client().send(handle.toString(), s3 -> s3.putObjectRetention(request)));
  }

  private ObjectLockRetentionMode mode() {
    return switch (rule.mode()) {
      case GOVERNANCE -> ObjectLockRetentionMode.GOVERNANCE;
      case COMPLIANCE -> ObjectLockRetentionMode.COMPLIANCE;
    };
  }

  /// Stores keep whole seconds: rounded up, so that what was promised is kept.
  private static Instant upToSecond(Instant time) {
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(time) ? time : second.plusSeconds(1);
  }
}
