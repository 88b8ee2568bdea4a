package io.firn.repository.index;

import io.firn.repository.PackId;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes what old index files say into new ones, each pack once and some not at all, each file as
/// large as restic lets one grow. The old ones are the caller's to remove, once this has finished:
/// at any moment a pack that stays is listed. For one thread.
public final class IndexRewriter {
  /// restic's own limit for an index file.
  public static final int MAX_BLOBS = 50_000;

  private final UnpackedFiles files;
  private final Set<PackId> done;
  private final List<IndexedPack> waiting = new ArrayList<>();
  private int blobs;
  private int written;

  /// `without` are packs that are not to be listed any more.
  public IndexRewriter(UnpackedFiles files, Collection<PackId> without) {
    this.files = files;
    this.done = new HashSet<>(without);
  }

  /// A pack that an old file lists.
  public void add(IndexedPack pack) {
    if (done.add(pack.id())) {
      addAnew(pack);
    }
  }

  /// A pack as it is now, whatever old files say of it.
  public void addAnew(IndexedPack pack) {
    if (blobs + pack.entries().size() > MAX_BLOBS) {
      flush();
    }
    waiting.add(pack);
    blobs += pack.entries().size();
  }

  /// Writes the rest. Returns how many files were written in all.
  public int finish() {
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
