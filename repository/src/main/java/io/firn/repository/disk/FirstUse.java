package io.firn.repository.disk;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.firn.repository.file.NativeFile;

/// What the first disk of a process would wait for, done beforehand: zstd and the calls on files
/// are linked by using each on next to nothing, the IDs of zeros are computed.
public final class FirstUse {
  private FirstUse() {}

  public static void prepare() {
    byte[] nothing = new byte[64];
    try (ZstdCompressCtx compressor = new ZstdCompressCtx();
        ZstdDecompressCtx decompressor = new ZstdDecompressCtx()) {
      byte[] frame = compressor.compress(nothing);
      decompressor.decompress(frame, nothing.length);
    }
    NativeFile.link();
    for (int size = BlockSize.MIN_BYTES; size <= Zeros.LARGEST_BYTES; size *= 2) {
      Zeros.id(size);
    }
  }
}
