package io.firn.repository.seen;

import io.firn.repository.Digest;
import io.firn.repository.crypto.BlockTagger;
import java.util.Arrays;

/// The ID and the tag of each block of a disk that was not zeros, as last seen. An entry is true of
/// its content for ever, wherever it came from: whether the blob is still stored is another
/// question.
///
/// Memory: 48 bytes a block, where there is data. Blocks may be set by several threads, each block
/// by one.
public final class SeenBlocks {
  static final int ID_BYTES = 32;
  static final int ENTRY_BYTES = ID_BYTES + BlockTagger.TAG_BYTES;

  /// 12 MiB: a mover has 256 MiB of heap, and disks are not all that is in it.
  static final int MOST_ENTRIES = 1 << 18;

  private static final int CHUNK_BLOCKS = 16;
  private static final byte[] ABSENT = new byte[ID_BYTES];

  private final byte[][] chunks;
  private int entries;
  private boolean changed;

  public SeenBlocks(int blocks) {
    chunks = new byte[Math.ceilDiv(blocks, CHUNK_BLOCKS)][];
  }

  /// Whether the block's content is what it was, by its tag.
  public boolean matches(int block, byte[] tag) {
    byte[] chunk = chunk(block);
    int at = at(block);
    return chunk.length > 0
        && has(chunk, at)
        && Arrays.equals(chunk, at + ID_BYTES, at + ENTRY_BYTES, tag, 0, tag.length);
  }

  /// The ID of a block that [#matches].
  public Digest id(int block) {
    return Digest.of(chunk(block), at(block));
  }

  /// Remembers a block, unless there are more than fit.
  public synchronized void put(int block, Digest id, byte[] tag) {
    byte[] chunk = chunk(block);
    boolean isNew = chunk.length == 0 || !has(chunk, at(block));
    if (isNew && entries == MOST_ENTRIES) {
      return;
    }
    if (chunk.length == 0) {
      chunk = new byte[CHUNK_BLOCKS * ENTRY_BYTES];
      chunks[block / CHUNK_BLOCKS] = chunk;
    }
    entries += isNew ? 1 : 0;
    changed = true;
    id.copyTo(chunk, at(block));
    System.arraycopy(tag, 0, chunk, at(block) + ID_BYTES, tag.length);
  }

  /// Whether anything was put since it was made, or since [#saved].
  synchronized boolean changed() {
    return changed;
  }

  synchronized void saved() {
    changed = false;
  }

  int blocks() {
    return chunks.length * CHUNK_BLOCKS;
  }

  synchronized int entries() {
    return entries;
  }

  /// Copies an entry to where it is wanted; whether there is one.
  boolean copy(int block, byte[] target, int offset) {
    byte[] chunk = chunk(block);
    if (chunk.length == 0 || !has(chunk, at(block))) {
      return false;
    }
    System.arraycopy(chunk, at(block), target, offset, ENTRY_BYTES);
    return true;
  }

  private synchronized byte[] chunk(int block) {
    byte[] chunk = chunks[block / CHUNK_BLOCKS];
    return chunk == null ? new byte[0] : chunk;
  }

  private static int at(int block) {
    return block % CHUNK_BLOCKS * ENTRY_BYTES;
  }

  private static boolean has(byte[] chunk, int at) {
    return !Arrays.equals(chunk, at, at + ID_BYTES, ABSENT, 0, ID_BYTES);
  }
}
