package io.firn.repository.seen;

import io.firn.repository.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The content of a file of seen blocks, Firn's own. Numbers are big-endian: version (4 bytes: 1),
/// block size (4), disk size (8), then for each block that is known its number (4), ID (32), tag
/// (16).
final class SeenFile {
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 16;
  private static final int RECORD_BYTES = 4 + SeenBlocks.ENTRY_BYTES;

  private SeenFile() {}

  static byte[] encode(SeenBlocks seen, long diskBytes, int blockBytes) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + seen.entries() * RECORD_BYTES);
    out.putInt(VERSION).putInt(blockBytes).putLong(diskBytes);
    byte[] entry = new byte[SeenBlocks.ENTRY_BYTES];
    for (int block = 0; block < seen.blocks(); block++) {
      if (seen.copy(block, entry, 0)) {
        out.putInt(block).put(entry);
      }
    }
    return out.array();
  }

  /// An [IOException] where it is not of a disk of that size in such blocks.
  static SeenBlocks decode(byte[] bytes, long diskBytes, int blockBytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int blocks = Math.toIntExact(Math.ceilDiv(diskBytes, (long) blockBytes));
    require(bytes.length >= HEADER_BYTES && (bytes.length - HEADER_BYTES) % RECORD_BYTES == 0);
    require(in.getInt() == VERSION && in.getInt() == blockBytes && in.getLong() == diskBytes);
    SeenBlocks seen = new SeenBlocks(blocks);
    byte[] entry = new byte[SeenBlocks.ENTRY_BYTES];
    while (in.hasRemaining()) {
      int block = in.getInt();
      require(block >= 0 && block < blocks);
      in.get(entry);
      byte[] tag = Arrays.copyOfRange(entry, SeenBlocks.ID_BYTES, entry.length);
      seen.put(block, Digest.of(entry, 0), tag);
    }
    seen.saved();
    return seen;
  }

  private static void require(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("it is of another disk");
    }
  }
}
