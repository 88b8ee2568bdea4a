package io.firn.repository.backend;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tries again what may pass: everything but absence, existence, short files and what the backend
/// itself calls permanent. Waits twice as long each time.
public final class RetryingBackend implements Backend {
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final Backend backend;
  private final Pause pause;

  public RetryingBackend(Backend backend, Pause pause) {
    this.backend = backend;
    this.pause = pause;
  }

  @Override
  public void create() throws IOException {
    run(backend::create);
  }

  @Override
  public boolean exists() throws IOException {
    return call(backend::exists);
  }

  @Override
  public Optional<String> foreignFile() throws IOException {
    return call(backend::foreignFile);
  }

  /// A failed attempt may have saved the file all the same: names are unique, so a file of that
  /// name and size that turns up after our own failure is ours. But for the config, of which two
  /// who init one place bring different ones of one size.
  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    boolean[] tried = {false};
    run(() -> {
      try {
        backend.save(handle, content);
      } catch (FileAlreadyExistsException e) {
        if (!tried[0] || !isOurs(handle, content)) {
          throw e;
        }
      } finally {
        tried[0] = true;
      }
    });
  }

  private boolean isOurs(FileHandle handle, ByteBuffer... content) throws IOException {
    return backend.size(handle) == FileContent.sizeBytes(content)
        && (handle.type() != FileType.CONFIG
            || Arrays.equals(backend.load(handle), FileContent.bytes(content)));
  }

  @Override
  public byte[] load(FileHandle handle) throws IOException {
    return call(() -> backend.load(handle));
  }

  @Override
  public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    int position = target.position();
    run(() -> {
      target.position(position);
      backend.load(handle, offsetBytes, target);
    });
  }

  @Override
  public List<FileEntry> list(FileType type) throws IOException {
    return call(() -> backend.list(type));
  }

  @Override
  public long size(FileHandle handle) throws IOException {
    return call(() -> backend.size(handle));
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    run(() -> backend.delete(handle));
  }

  @Override
  public Optional<ObjectLock> objectLock() {
    return backend.objectLock().map(RetryingLock::new);
  }

  @Override
  public String location() {
    return backend.location();
  }

  @Override
  public void close() {
    backend.close();
  }

  private final class RetryingLock implements ObjectLock {
    private final ObjectLock lock;

    RetryingLock(ObjectLock lock) {
      this.lock = lock;
    }

    @Override
    public Duration period() {
      return lock.period();
    }

    @Override
    public Duration slack() {
      return lock.slack();
    }

    @Override
    public Optional<Instant> lockedUntil(FileHandle handle) throws IOException {
      return call(() -> lock.lockedUntil(handle));
    }

    @Override
    public void extend(FileHandle handle, Instant until) throws IOException {
      run(() -> lock.extend(handle, until));
    }
  }

  private interface Call<T> {
    T call() throws IOException;
  }

  private interface Action {
    void run() throws IOException;
  }

  private void run(Action action) throws IOException {
    boolean done =
        call(() -> {
          action.run();
          return true;
        });
    assert done;
  }

  private <T> T call(Call<T> call) throws IOException {
    Duration wait = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.call();
      } catch (IOException e) {
        if (attempt == ATTEMPTS || !mayPass(e)) {
          throw e;
        }
        waitAfter(e, wait);
        wait = wait.multipliedBy(2);
      }
    }
  }

  private static boolean mayPass(IOException e) {
    return !(e instanceof NoSuchFileException
        || e instanceof FileAlreadyExistsException
        || e instanceof EOFException
        || e instanceof PermanentBackendException);
  }

  private void waitAfter(IOException failure, Duration wait) throws IOException {
    try {
      pause.pause(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while retrying");
      interrupted.initCause(failure);
      throw interrupted;
    }
  }
}
