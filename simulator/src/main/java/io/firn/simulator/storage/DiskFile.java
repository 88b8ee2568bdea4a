package io.firn.simulator.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The raw image of a disk on a volume, as one guest writes it. A volume's snapshot waits for
/// writes in flight and keeps new ones out while it copies, so it is of one instant.
///
/// Thread-safe.
public interface DiskFile {
  Path path();

  long sizeBytes();

  void write(long offsetBytes, ByteBuffer source) throws IOException;

  void read(long offsetBytes, ByteBuffer target) throws IOException;
}
