package io.firn.repository.pack;

import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/// Reads the header of a pack from the file's end (restic design, "Pack Format"). Believes no
/// length before it is known to fit the file. One per worker thread.
public final class PackHeaderReader {
  /// Enough for the headers of nearly all packs, so that one read does.
  private static final int FIRST_READ_BYTES = 16 << 10;

  private static final int LENGTH_BYTES = 4;
  private static final int MAX_SEALED_BYTES = PackHeader.MAX_BYTES + Envelope.OVERHEAD_BYTES;

  private final Backend backend;
  private final Envelope envelope;
  private final LongConsumer bytesRead;

  /// `bytesRead` is told how many bytes each read of the backend brought.
  public PackHeaderReader(Backend backend, Envelope envelope, LongConsumer bytesRead) {
    this.backend = backend;
    this.envelope = envelope;
    this.bytesRead = bytesRead;
  }

  /// What is read of nearly all packs of that size.
  public static long bytesToRead(long sizeBytes) {
    return Math.min(sizeBytes, FIRST_READ_BYTES);
  }

  /// The blobs of a pack file of that size, in order. [MalformedPackException] where it is no pack
  /// of this repository, an [IOException] where the backend fails.
  public List<PackEntry> read(PackId pack, long sizeBytes)
      throws IOException, MalformedPackException {
    if (sizeBytes < LENGTH_BYTES + Envelope.OVERHEAD_BYTES) {
      throw new MalformedPackException("it has only " + sizeBytes + " bytes");
    }
    byte[] tail = load(pack, sizeBytes, (int) bytesToRead(sizeBytes));
    long sealedBytes =
        Integer.toUnsignedLong(
            ByteBuffer.wrap(tail)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(tail.length - LENGTH_BYTES));
    if (sealedBytes < Envelope.OVERHEAD_BYTES
        || sealedBytes > MAX_SEALED_BYTES
        || sealedBytes > sizeBytes - LENGTH_BYTES) {
      throw new MalformedPackException("its header's length is given as " + sealedBytes);
    }
    int trailerBytes = (int) sealedBytes + LENGTH_BYTES;
    byte[] trailer =
        trailerBytes <= tail.length
            ? Arrays.copyOfRange(tail, tail.length - trailerBytes, tail.length)
            : load(pack, sizeBytes, trailerBytes);
    List<PackEntry> entries = decode(trailer);
    if (PackHeader.packBytes(entries) != sizeBytes) {
      throw new MalformedPackException("its header does not account for all of its bytes");
    }
    return entries;
  }

  private List<PackEntry> decode(byte[] trailer) throws MalformedPackException {
    byte[] plain = new byte[trailer.length - LENGTH_BYTES - Envelope.OVERHEAD_BYTES];
    try {
      envelope.open(trailer, 0, trailer.length - LENGTH_BYTES, plain, 0);
      return PackHeader.decode(plain);
    } catch (AuthenticationException | IOException e) {
      throw new MalformedPackException("its header cannot be read: " + e.getMessage());
    }
  }

  private byte[] load(PackId pack, long sizeBytes, int length) throws IOException {
    byte[] bytes = new byte[length];
    backend.load(
        new FileHandle(FileType.PACK, pack.toString()), sizeBytes - length, ByteBuffer.wrap(bytes));
    bytesRead.accept(length);
    return bytes;
  }
}
