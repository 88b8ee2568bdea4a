package io.firn.repository.pack;

import io.firn.repository.BlobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A pack that is being filled in memory: its name is the hash of all of it, so none of it can be
/// sent before all of it is known. Reusable. Not thread-safe.
public final class PackBuffer {
  /// More blobs than this would make headers and index entries long for one pack.
  private static final int MAX_ENTRIES = 16_384;

  private static final int FIRST_BYTES = 1 << 20;

  private static final int DOUBLED_BYTES = 4 << 20;

  private static final byte[] NONE = new byte[0];

  private final int targetBytes;
  private final List<PackEntry> entries = new ArrayList<>();
  private byte[] bytes;
  private int size;

  public PackBuffer(int targetBytes) {
    this.targetBytes = targetBytes;
    this.bytes = new byte[Math.min(FIRST_BYTES, targetBytes)];
  }

  /// Whether a blob of that stored size belongs in here. An empty pack takes any.
  public boolean takes(int lengthBytes) {
    return entries.isEmpty()
        || ((long) size + lengthBytes <= targetBytes && entries.size() < MAX_ENTRIES);
  }

  public void append(BlobType type, BlobId id, byte[] sealed, int lengthBytes, long plainBytes) {
    reserve(lengthBytes);
    System.arraycopy(sealed, 0, bytes, size, lengthBytes);
    entries.add(new PackEntry(type, id, size, lengthBytes, plainBytes));
    size += lengthBytes;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  public List<PackEntry> entries() {
    return List.copyOf(entries);
  }

  /// The blobs, without the header. Valid until [#clear].
  public ByteBuffer blobs() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /// Takes no memory, so that it succeeds where there is none left. What a blob larger than a pack
  /// had needed is given back.
  public void clear() {
    entries.clear();
    size = 0;
    if (bytes.length > targetBytes) {
      bytes = NONE;
    }
  }

  /// What outgrows a few megabytes fills the pack more often than not: doubling to its end would
  /// leave as much garbage as the pack has.
  private int roomier() {
    int doubled = Math.max(FIRST_BYTES, 2 * bytes.length);
    return doubled > DOUBLED_BYTES ? targetBytes : Math.min(doubled, targetBytes);
  }

  private void reserve(int lengthBytes) {
    int needed = Math.addExact(size, lengthBytes);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, roomier()));
    }
  }
}
