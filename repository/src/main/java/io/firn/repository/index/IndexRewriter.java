package io.firn.repository.repair;

import io.firn.repository.backend.FileType;
import io.firn.repository.index.IndexFile;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.unpacked.UnpackedFiles;
import java.util.ArrayList;
import java.util.List;

/// Writes packs into new index files, each as large as restic lets one grow. For one thread.
final class IndexRewriter {
  private static final int MAX_BLOBS = 50_000;

  private final UnpackedFiles files;
  private final List<IndexedPack> waiting = new ArrayList<>();
  private int blobs;
  private int written;

  IndexRewriter(UnpackedFiles files) {
    this.files = files;
  }

  void add(IndexedPack pack) {
    if (blobs + pack.entries().size() > MAX_BLOBS) {
      flush();
    }
    waiting.add(pack);
    blobs += pack.entries().size();
  }

  /// Writes the rest. Returns how many files were written in all.
  int finish() {
    flush();
    return written;
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      files.save(FileType.INDEX, IndexFile.encode(waiting));
      written++;
      waiting.clear();
      blobs = 0;
    }
  }
}
