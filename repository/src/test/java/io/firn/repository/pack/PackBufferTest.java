package io.firn.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.firn.repository.BlobId;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PackBufferTest {
  private static final int TARGET_BYTES = 1 << 20;
  private static final BlobId ONES = BlobId.of("1".repeat(64));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final PackBuffer buffer = new PackBuffer(TARGET_BYTES);

  @Test
  void clear_afterABlobLargerThanAPack_takesNoMemory() {
    buffer.append(BlobType.DATA, ONES, new byte[2 * TARGET_BYTES], 2 * TARGET_BYTES, 0);
    long before = threads.getCurrentThreadAllocatedBytes();
    buffer.clear();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TARGET_BYTES);
  }

  @Test
  void clearedBuffer_isFilledAgain() {
    byte[] blob = {1, 2, 3};
    buffer.append(BlobType.DATA, ONES, new byte[2 * TARGET_BYTES], 2 * TARGET_BYTES, 0);
    buffer.clear();
    buffer.append(BlobType.DATA, ONES, blob, blob.length, 0);
    assertThat(buffer.blobs().remaining()).isEqualTo(blob.length);
    assertThat(buffer.entries()).hasSize(1);
  }
}
