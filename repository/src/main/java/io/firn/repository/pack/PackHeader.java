package io.firn.repository.pack;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.crypto.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The list of blobs at the end of a pack: entries in blob order, in an envelope, then its length
/// (format notes 1.6). Offsets are implied, so a pack has no gaps.
public final class PackHeader {
  /// Longer headers are refused by restic.
  public static final int MAX_BYTES = 16 << 20;

  private static final int RAW_ENTRY_BYTES = 37;
  private static final int COMPRESSED_ENTRY_BYTES = 41;
  private static final int LENGTH_BYTES = 4;
  private static final int TREE_BIT = 1;
  private static final int COMPRESSED_BIT = 2;

  private PackHeader() {}

  /// Size of a whole pack with these blobs: what the file must have.
  public static long packBytes(List<PackEntry> entries) {
    long size = Envelope.OVERHEAD_BYTES + LENGTH_BYTES;
    for (PackEntry entry : entries) {
      size += entry.lengthBytes() + entryBytes(entry);
    }
    return size;
  }

  /// What one blob takes in a pack, its entry included.
  public static long bytesWithEntry(PackEntry entry) {
    return entry.lengthBytes() + entryBytes(entry);
  }

  /// Bytes that `entries` add behind the blobs.
  public static int trailerBytes(List<PackEntry> entries) {
    int size = Envelope.OVERHEAD_BYTES + LENGTH_BYTES;
    for (PackEntry entry : entries) {
      size += entryBytes(entry);
    }
    return size;
  }

  /// The sealed header and its length.
  public static byte[] encode(List<PackEntry> entries, Envelope envelope) {
    byte[] bytes = new byte[trailerBytes(entries) - Envelope.OVERHEAD_BYTES - LENGTH_BYTES];
    ByteBuffer plain = littleEndian(bytes);
    byte[] id = new byte[32];
    for (PackEntry entry : entries) {
      plain.put((byte) (typeBit(entry.type()) | (entry.compressed() ? COMPRESSED_BIT : 0)));
      plain.putInt((int) entry.lengthBytes());
      if (entry.compressed()) {
        plain.putInt((int) entry.plainBytes());
      }
      entry.id().digest().copyTo(id, 0);
      plain.put(id);
    }
    byte[] sealed = envelope.seal(bytes);
    byte[] trailer = Arrays.copyOf(sealed, sealed.length + LENGTH_BYTES);
    littleEndian(trailer).putInt(sealed.length, sealed.length);
    return trailer;
  }

  /// The entries of a decrypted header.
  public static List<PackEntry> decode(byte[] plain) throws IOException {
    ByteBuffer in = littleEndian(plain);
    List<PackEntry> entries = new ArrayList<>();
    long offset = 0;
    while (in.hasRemaining()) {
      PackEntry entry = decodeEntry(in, offset);
      entries.add(entry);
      offset += entry.lengthBytes();
    }
    return entries;
  }

  private static PackEntry decodeEntry(ByteBuffer in, long offset) throws IOException {
    int kind = in.get();
    boolean compressed = (kind & COMPRESSED_BIT) != 0;
    if (kind < 0 || kind > 3 || in.remaining() < (compressed ? 40 : 36)) {
      throw new IOException("its header is malformed");
    }
    long length = Integer.toUnsignedLong(in.getInt());
    long plain = compressed ? Integer.toUnsignedLong(in.getInt()) : 0;
    if (length < Envelope.OVERHEAD_BYTES || (compressed && plain == 0)) {
      throw new IOException("its header lists a blob of an impossible size");
    }
    byte[] id = new byte[32];
    in.get(id);
    BlobType type = (kind & TREE_BIT) == 0 ? BlobType.DATA : BlobType.TREE;
    return new PackEntry(type, new BlobId(Digest.of(id, 0)), offset, length, plain);
  }

  private static int typeBit(BlobType type) {
    return switch (type) {
      case DATA -> 0;
      case TREE -> TREE_BIT;
    };
  }

  private static int entryBytes(PackEntry entry) {
    return entry.compressed() ? COMPRESSED_ENTRY_BYTES : RAW_ENTRY_BYTES;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
