package io.firn.repository.pack;

import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// Reads one pack front to back in large pieces: many blobs a request, a few MiB of memory. For one
/// thread.
public final class PackWindow {
  private static final int PIECE_BYTES = 4 << 20;

  private final Backend backend;
  private final FileHandle handle;
  private final long sizeBytes;
  private final LongConsumer bytesRead;
  private byte[] piece = new byte[0];
  private long pieceAt;

  /// `bytesRead` is told how many bytes each read of the backend brought.
  public PackWindow(Backend backend, PackId pack, long sizeBytes, LongConsumer bytesRead) {
    this.backend = backend;
    this.handle = new FileHandle(FileType.PACK, pack.toString());
    this.sizeBytes = sizeBytes;
    this.bytesRead = bytesRead;
  }

  /// A copy of `length` bytes from `offsetBytes`; [java.io.EOFException] beyond the end.
  public byte[] read(long offsetBytes, int length) throws IOException {
    if (offsetBytes < 0 || length > sizeBytes - offsetBytes) {
      throw new java.io.EOFException(handle + " has " + sizeBytes + " bytes");
    }
    if (offsetBytes < pieceAt || offsetBytes + length > pieceAt + piece.length) {
      int wanted = (int) Math.min(sizeBytes - offsetBytes, Math.max(length, PIECE_BYTES));
      piece = piece.length == wanted ? piece : new byte[wanted];
      pieceAt = offsetBytes;
      backend.load(handle, offsetBytes, ByteBuffer.wrap(piece));
      bytesRead.accept(wanted);
    }
    int from = (int) (offsetBytes - pieceAt);
    return Arrays.copyOfRange(piece, from, from + length);
  }
}
