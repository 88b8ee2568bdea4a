package io.firn.simulator.cdi;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/// Tells of the bytes that are read through it.
final class CountingStream extends FilterInputStream {
  private final IntConsumer read;

  CountingStream(InputStream in, IntConsumer read) {
    super(in);
    this.read = read;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      read.accept(1);
    }
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      read.accept(count);
    }
    return count;
  }
}
