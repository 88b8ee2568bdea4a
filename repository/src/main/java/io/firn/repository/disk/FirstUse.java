package io.firn.repository.disk;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.firn.repository.file.NativeFile;

/// What the first disk of a process would wait for, done beforehand: zstd is loaded and the calls
/// on files are linked, by using each on next to nothing. Only what the one way or the other needs:
/// each call that is linked costs some milliseconds.
public final class FirstUse {
  private FirstUse() {}

  /// For a disk that is stored.
  public static void prepareWrite() {
    try (ZstdCompressCtx compressor = new ZstdCompressCtx()) {
      compressor.compress(new byte[64]);
    }
    NativeFile.linkReading();
  }

  /// For a disk that is restored.
  public static void prepareRestore() {
    try (ZstdDecompressCtx decompressor = new ZstdDecompressCtx()) {
      decompressor.reset();
    }
    NativeFile.linkWriting();
  }
}
