package io.firn.repository.disk;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;

/// Links zstd and the calls on files once, by using each on next to nothing.
public final class NativeParts {
  private NativeParts() {}

  public static void link() {
    byte[] nothing = new byte[64];
    try (ZstdCompressCtx compressor = new ZstdCompressCtx();
        ZstdDecompressCtx decompressor = new ZstdDecompressCtx()) {
      byte[] frame = compressor.compress(nothing);
      decompressor.decompress(frame, nothing.length);
    }
    NativeFile.link();
  }
}
