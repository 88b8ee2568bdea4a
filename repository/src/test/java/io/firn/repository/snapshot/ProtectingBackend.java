package io.firn.repository.snapshot;

import io.firn.repository.SnapshotId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.ObjectLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A backend that refuses to delete some snapshots. For one thread.
public final class ProtectingBackend extends ForwardingBackend {
  private final Map<FileHandle, Instant> until = new HashMap<>();

  public ProtectingBackend(Backend backend) {
    super(backend);
  }

  public void protect(FileHandle handle, Instant time) {
    until.put(handle, time);
  }

  void protect(SnapshotId id, Instant time) {
    until.put(new FileHandle(FileType.SNAPSHOT, id.toString()), time);
  }

  @Override
  public Optional<ObjectLock> objectLock() {
    return Optional.of(
        new ObjectLock() {
          @Override
          public Duration period() {
            return Duration.ofDays(30);
          }

          @Override
          public Optional<Instant> lockedUntil(FileHandle handle) {
            return Optional.ofNullable(until.get(handle));
          }

          @Override
          public void extend(FileHandle handle, Instant time) {
            until.merge(handle, time, (a, b) -> a.isAfter(b) ? a : b);
          }
        });
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    if (until.getOrDefault(handle, Instant.MIN).isAfter(Instant.now())) {
      throw new IOException("protected: " + handle);
    }
    super.delete(handle);
  }
}
