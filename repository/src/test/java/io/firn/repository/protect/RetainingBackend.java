package io.firn.repository.protect;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.ObjectLock;
import io.firn.repository.backend.PermanentBackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A bucket with object lock: what is saved is kept for a period and some slack, whoever says
/// delete. Locks of processes and marks of prunes are not.
final class RetainingBackend extends ForwardingBackend implements ObjectLock {
  static final Duration PERIOD = Duration.ofDays(30);
  static final Duration SLACK = Duration.ofDays(7);

  private static final Set<FileType> FREE = Set.of(FileType.LOCK, FileType.MARK, FileType.SEEN);

  private final InstantSource clock;
  private final Map<FileHandle, Instant> until = new ConcurrentHashMap<>();
  private final List<FileHandle> extended = new ArrayList<>();
  private boolean refusing;

  RetainingBackend(Backend backend, InstantSource clock) {
    super(backend);
    this.clock = clock;
  }

  /// Files whose lock was extended since the last call.
  synchronized List<FileHandle> takeExtended() {
    List<FileHandle> taken = List.copyOf(extended);
    extended.clear();
    return taken;
  }

  /// From here on nothing is extended, as if the account might not.
  void refuseToExtend() {
    refusing = true;
  }

  /// What somebody achieves who may delete: all goes that is not locked now.
  void deleteAllThatIsFree() {
    try {
      for (FileType type : FileType.values()) {
        for (var file : list(type)) {
          if (!locked(file.handle())) {
            delete(file.handle());
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Optional<ObjectLock> objectLock() {
    return Optional.of(this);
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public Duration slack() {
    return SLACK;
  }

  @Override
  public Optional<Instant> lockedUntil(FileHandle handle) throws IOException {
    size(handle);
    return Optional.ofNullable(until.get(handle));
  }

  @Override
  public void extend(FileHandle handle, Instant time) throws IOException {
    if (refusing) {
      throw new PermanentBackendException(
          PermanentBackendException.Reason.NO_PERMISSION, "may not extend", new IOException());
    }
    if (!until.containsKey(handle)) {
      throw new NoSuchFileException(handle.toString());
    }
    until.merge(handle, time, (a, b) -> a.isAfter(b) ? a : b);
    synchronized (this) {
      extended.add(handle);
    }
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    super.save(handle, content);
    if (!FREE.contains(handle.type())) {
      until.put(handle, clock.instant().plus(PERIOD).plus(SLACK));
    }
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    if (locked(handle)) {
      throw new PermanentBackendException(
          PermanentBackendException.Reason.NO_PERMISSION, "locked", new IOException());
    }
    super.delete(handle);
  }

  private boolean locked(FileHandle handle) {
    return until.getOrDefault(handle, Instant.MIN).isAfter(clock.instant());
  }
}
