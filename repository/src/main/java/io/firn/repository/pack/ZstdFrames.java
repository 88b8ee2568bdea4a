package io.firn.repository.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Whole zstd frames whose size need not be known.
public final class ZstdFrames {
  /// A frame that unpacks to more is taken for damaged or hostile: documents are a few MiB, and so
  /// is the memory that they may cost.
  public static final int MAX_BYTES = 64 << 20;

  private ZstdFrames() {}

  /// The size that a frame's header gives, 0 or less where it gives none or is no header.
  public static long claimedBytes(byte[] frame) {
    // The library looks at the first byte without asking whether there is one.
    return frame.length == 0 ? 0 : Zstd.getFrameContentSize(frame);
  }

  public static byte[] decompress(byte[] frame) throws IOException {
    long size = claimedBytes(frame);
    if (size > MAX_BYTES) {
      throw new IOException("it claims to unpack to " + size + " bytes");
    }
    try {
      boolean one = size > 0 && Zstd.findFrameCompressedSize(frame) == frame.length;
      return one ? one(frame, (int) size) : any(frame);
    } catch (ZstdException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Not by way of a stream, whose buffers are larger than most documents.
  private static byte[] one(byte[] frame, int size) throws IOException {
    byte[] plain = new byte[size];
    if (Zstd.decompress(plain, frame) != size) {
      throw new IOException("it does not unpack to its size");
    }
    return plain;
  }

  private static byte[] any(byte[] frame) throws IOException {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(frame))) {
      byte[] plain = in.readNBytes(MAX_BYTES);
      if (in.read() >= 0) {
        throw new IOException("it unpacks to more than " + MAX_BYTES + " bytes");
      }
      return plain;
    }
  }
}
