package io.firn.repository.file;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Buffers outside the heap that begin where a device wants them to. Each is kept for the next who
/// asks, so there are never more than threads that write at once: the JDK's own are only given back
/// when a collection finds them. Thread-safe.
public final class AlignedBuffers {
  private final int capacityBytes;
  private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

  /// Buffers of at least `capacityBytes`.
  public AlignedBuffers(int capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /// A buffer whose address and capacity are multiples of `alignmentBytes`, a power of two.
  ByteBuffer take(int alignmentBytes) {
    ByteBuffer kept = spare.poll();
    return kept != null && kept.alignmentOffset(0, alignmentBytes) == 0
        ? kept.clear()
        : ByteBuffer.allocateDirect(capacityBytes + alignmentBytes).alignedSlice(alignmentBytes);
  }

  void giveBack(ByteBuffer buffer) {
    spare.add(buffer);
  }
}
