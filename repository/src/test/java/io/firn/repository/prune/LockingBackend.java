package io.firn.repository.prune;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.ObjectLock;
import io.firn.repository.backend.PermanentBackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Packs and indexes that are saved from some time on are protected until a time, and are not
/// deleted before.
final class LockingBackend extends ForwardingBackend implements ObjectLock {
  private final Map<FileHandle, Instant> until = new ConcurrentHashMap<>();
  private Optional<Instant> protection = Optional.empty();
  private InstantSource clock = InstantSource.system();

  LockingBackend(Backend backend) {
    super(backend);
  }

  void protectUntil(Instant time, InstantSource now) {
    protection = Optional.of(time);
    clock = now;
  }

  @Override
  public Optional<ObjectLock> objectLock() {
    return Optional.of(this);
  }

  @Override
  public Duration period() {
    return Duration.ofDays(7);
  }

  @Override
  public Optional<Instant> lockedUntil(FileHandle handle) {
    return Optional.ofNullable(until.get(handle));
  }

  @Override
  public void extend(FileHandle handle, Instant time) {
    until.merge(handle, time, (a, b) -> a.isAfter(b) ? a : b);
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    super.save(handle, content);
    if (handle.type() == FileType.PACK || handle.type() == FileType.INDEX) {
      protection.ifPresent(time -> until.put(handle, time));
    }
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    if (lockedUntil(handle).filter(time -> time.isAfter(clock.instant())).isPresent()) {
      throw new PermanentBackendException(
          PermanentBackendException.Reason.NO_PERMISSION, "protected", new IOException());
    }
    super.delete(handle);
  }
}
