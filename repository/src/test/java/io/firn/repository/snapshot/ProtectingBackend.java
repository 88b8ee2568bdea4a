package io.firn.repository.snapshot;

import io.firn.repository.SnapshotId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A backend that refuses to delete some snapshots. For one thread.
public final class ProtectingBackend implements Backend {
  private final Backend backend;
  private final Map<FileHandle, Instant> until = new HashMap<>();

  public ProtectingBackend(Backend backend) {
    this.backend = backend;
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
  public void create() throws IOException {
    backend.create();
  }

  @Override
  public boolean exists() throws IOException {
    return backend.exists();
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    backend.save(handle, content);
  }

  @Override
  public byte[] load(FileHandle handle) throws IOException {
    return backend.load(handle);
  }

  @Override
  public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    backend.load(handle, offsetBytes, target);
  }

  @Override
  public List<FileEntry> list(FileType type) throws IOException {
    return backend.list(type);
  }

  @Override
  public long size(FileHandle handle) throws IOException {
    return backend.size(handle);
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    if (until.getOrDefault(handle, Instant.MIN).isAfter(Instant.now())) {
      throw new IOException("protected: " + handle);
    }
    backend.delete(handle);
  }

  @Override
  public String location() {
    return backend.location();
  }

  @Override
  public void close() {
    backend.close();
  }
}
