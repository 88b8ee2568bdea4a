package io.firn.repository.check;

import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.index.IndexFile;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Goes through index files one at a time, so that a large repository needs no list of all blobs.
final class IndexScan {
  private final UnpackedFiles files;
  private final Findings findings;

  IndexScan(UnpackedFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  /// Those that can be read; each pack of theirs is handed on.
  List<FileEntry> read(
      List<FileEntry> indexes, CheckListener listener, Consumer<IndexedPack> packs) {
    List<FileEntry> readable = new ArrayList<>();
    long done = 0;
    for (FileEntry index : indexes) {
      try {
        IndexFile.decode(files.load(index), packs);
        readable.add(index);
      } catch (IOException e) {
        damaged(index, "it is no index: " + e.getMessage());
      } catch (RepositoryException e) {
        if (e.code() != FailureCode.CORRUPT) {
          throw e;
        }
        damaged(index, String.valueOf(e.getMessage()));
      }
      listener.progress(CheckListener.Phase.INDEXES, ++done, indexes.size());
    }
    return readable;
  }

  private void damaged(FileEntry index, String reason) {
    Digest name = Digest.of(index.handle().name());
    findings.damaged(new DamagedObject.DamagedIndex(name), reason, List.of());
  }
}
