package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.blob.BlobLoader;
import io.firn.repository.pack.BlobType;
import java.util.LinkedHashMap;
import java.util.Map;

/// The last blobs read, up to a number of bytes. Thread-safe; two threads that miss the same blob
/// both load it.
final class BlobCache {
  private final BlobLoader loader;
  private final long capacityBytes;
  private final Map<BlobId, byte[]> blobs = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  BlobCache(BlobLoader loader, long capacityBytes) {
    this.loader = loader;
    this.capacityBytes = capacityBytes;
  }

  byte[] get(BlobId id) {
    synchronized (this) {
      byte[] cached = blobs.get(id);
      if (cached != null) {
        return cached;
      }
    }
    byte[] loaded = loader.load(BlobType.DATA, id);
    put(id, loaded);
    return loaded;
  }

  private synchronized void put(BlobId id, byte[] loaded) {
    if (blobs.putIfAbsent(id, loaded) == null) {
      bytes += loaded.length;
    }
    var eldest = blobs.entrySet().iterator();
    while (bytes > capacityBytes && blobs.size() > 1) {
      bytes -= eldest.next().getValue().length;
      eldest.remove();
    }
  }
}
