package io.firn.repository.blob;

import io.firn.repository.BackendErrors;
import io.firn.repository.BlobId;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.index.IndexSaver;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackBuffer;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Fills packs in the order in which blobs come, one open pack for data and one for trees, and
/// saves full ones in the background. Memory is bounded: a fixed number of pack buffers, and
/// whoever needs one more waits.
///
/// After the first failure nothing is accepted any more: blobs that others count on as stored may
/// be lost. Thread-safe.
public final class PackSaver implements AutoCloseable {
  private static final int BUFFERS = 4;
  private static final int UPLOADS = 2;

  private final Backend backend;
  private final SecretKey key;
  private final IndexSaver index;
  private final int packBytes;
  private final AtomicLong stored = new AtomicLong();
  private final ExecutorService uploads =
      Executors.newFixedThreadPool(
          UPLOADS, Thread.ofPlatform().daemon().name("firn-pack-", 0).factory());

  private final Map<BlobType, PackBuffer> open = new EnumMap<>(BlobType.class);
  private final Deque<PackBuffer> spare = new ArrayDeque<>();
  private int buffersMade;
  private long blobsAdded;
  private long blobsSaved;
  private int uploading;
  private @Nullable Throwable failure;

  public PackSaver(Backend backend, SecretKey key, IndexSaver index, int packBytes) {
    this.backend = backend;
    this.key = key;
    this.index = index;
    this.packBytes = packBytes;
  }

  /// Adds a stored blob to the open pack of its type; copies it.
  public void add(BlobType type, BlobId id, byte[] sealed, int lengthBytes, long plainBytes) {
    synchronized (this) {
      packFor(type, lengthBytes).append(type, id, sealed, lengthBytes, plainBytes);
      blobsAdded++;
    }
    stored.addAndGet(lengthBytes);
  }

  /// The open pack that takes a blob of that size. Looks again after every wait: another thread may
  /// have opened a pack, or filled it, meanwhile.
  private synchronized PackBuffer packFor(BlobType type, int lengthBytes) {
    while (true) {
      requireSound();
      PackBuffer pack = open.get(type);
      if (pack == null) {
        PackBuffer free = spare.poll();
        if (free != null) {
          open.put(type, free);
        } else if (buffersMade < BUFFERS) {
          buffersMade++;
          open.put(type, new PackBuffer(packBytes));
        } else {
          awaitWhile(() -> spare.isEmpty() && failure == null && !open.containsKey(type));
        }
      } else if (pack.takes(lengthBytes)) {
        return pack;
      } else {
        open.remove(type);
        upload(pack);
      }
    }
  }

  /// Saves the open packs, waits for all, writes the index.
  public void flush() {
    synchronized (this) {
      requireSound();
      open.values().forEach(this::upload);
      open.clear();
      awaitWhile(() -> uploading > 0);
      requireSound();
      requireAllSaved();
    }
    index.flush();
  }

  /// Fails if anything has failed before.
  synchronized void requireSound() {
    if (failure instanceof RepositoryException e) {
      throw new RepositoryException(e.code(), String.valueOf(e.getMessage()), e.context(), e);
    }
    if (failure != null) {
      throw new RepositoryException(
          FailureCode.BACKEND,
          "writing to %s failed before: %s. Start the write again."
              .formatted(backend.location(), failure.getMessage()),
          Map.of("location", backend.location()),
          failure);
    }
  }

  /// A blob that went astray in here would be missed only by a restore, so it is counted.
  private synchronized void requireAllSaved() {
    if (blobsSaved != blobsAdded) {
      throw new IllegalStateException(blobsAdded + " blobs were added, " + blobsSaved + " saved");
    }
  }

  synchronized void poison(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  long bytesStored() {
    return stored.get();
  }

  /// Stops; packs that are not saved yet are dropped.
  @Override
  public void close() {
    uploads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    uploads.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void upload(PackBuffer pack) {
    uploading++;
    try {
      uploads.execute(() -> uploadNow(pack));
    } catch (RuntimeException | Error e) {
      // No thread has taken it, so nobody else would count it down, and its blobs are gone.
      uploading--;
      poison(e);
      throw e;
    }
  }

  private void uploadNow(PackBuffer pack) {
    try {
      save(pack);
    } catch (RuntimeException | Error e) {
      // The edge of a thread: whoever writes next is told.
      poison(e);
    } finally {
      done(pack);
    }
  }

  /// Whoever waits is woken first of all: what comes after it may fail.
  private synchronized void done(PackBuffer pack) {
    uploading--;
    notifyAll();
    pack.clear();
    spare.push(pack);
  }

  private void save(PackBuffer pack) {
    List<PackEntry> entries = pack.entries();
    ByteBuffer blobs = pack.blobs();
    ByteBuffer trailer = ByteBuffer.wrap(PackHeader.encode(entries, new Envelope(key)));
    PackId id = new PackId(new Sha256().digest(blobs, trailer));
    FileHandle handle = new FileHandle(FileType.PACK, id.toString());
    try {
      backend.save(handle, blobs, trailer);
    } catch (FileAlreadyExistsException same) {
      throw new IllegalStateException("two packs with fresh random bytes are equal: " + id, same);
    } catch (IOException e) {
      throw BackendErrors.saving(backend, handle, e);
    }
    stored.addAndGet(trailer.capacity());
    index.saved(new IndexedPack(id, entries));
    synchronized (this) {
      blobsSaved += entries.size();
    }
  }

  /// Waits with the monitor held until the condition is gone.
  private synchronized void awaitWhile(BooleanSupplier condition) {
    try {
      while (condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RepositoryException(
          FailureCode.BACKEND,
          "interrupted while writing to " + backend.location() + ". Start the write again.",
          Map.of("location", backend.location()),
          e);
    }
  }
}
