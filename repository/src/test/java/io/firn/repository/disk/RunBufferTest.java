package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.DiskTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunBufferTest {
  private final Calls calls = new Calls();
  private final RunBuffer run = new RunBuffer(calls);

  @Test
  void neighbours_areWrittenInOnePiece() throws IOException {
    run.reserve(30);
    add(100, 10, 1);
    add(110, 20, 2);
    assertThat(calls.made).isEmpty();
    run.flush();
    assertThat(calls.made).containsExactly("write 100+30");
    assertThat(run.takeBytesWritten()).isEqualTo(30);
    assertThat(run.takeBytesWritten()).isZero();
  }

  @Test
  void zerosBetween_cutTheRun_andAreToldOfOnce() throws IOException {
    run.reserve(40);
    add(0, 10, 1);
    run.zeros(10, 5);
    run.zeros(15, 5);
    add(20, 10, 0);
    add(30, 10, 3);
    run.flush();
    assertThat(calls.made).containsExactly("write 0+10", "zero 10+20", "write 30+10");
    assertThat(run.takeBytesZero()).isEqualTo(20);
    assertThat(run.takeBytesWritten()).isEqualTo(20);
  }

  @Test
  void nothingAdded_writesNothing() throws IOException {
    run.flush();
    assertThat(calls.made).isEmpty();
  }

  private void add(long offset, int length, int value) throws IOException {
    Arrays.fill(run.bytes(), run.end(), run.end() + length, (byte) value);
    run.add(offset, length);
  }

  /// Writes down what it is told.
  private static final class Calls implements DiskTarget {
    final List<String> made = new ArrayList<>();

    @Override
    public void begin(long sizeBytes) {}

    @Override
    public void write(long offsetBytes, ByteBuffer source) {
      made.add("write " + offsetBytes + "+" + source.remaining());
    }

    @Override
    public void zero(long offsetBytes, long lengthBytes) {
      made.add("zero " + offsetBytes + "+" + lengthBytes);
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
