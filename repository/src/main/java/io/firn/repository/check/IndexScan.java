package io.firn.repository.check;

import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.FileType;
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

  /// The names of those that can be read; each pack of theirs is handed on.
  List<Digest> read(List<Digest> names, CheckListener listener, Consumer<IndexedPack> packs) {
    List<Digest> readable = new ArrayList<>();
    for (Digest name : names) {
      try {
        IndexFile.decode(files.load(FileType.INDEX, name), packs);
        readable.add(name);
      } catch (IOException e) {
        damaged(name, "it is no index: " + e.getMessage());
      } catch (RepositoryException e) {
        if (e.code() != FailureCode.CORRUPT) {
          throw e;
        }
        damaged(name, String.valueOf(e.getMessage()));
      }
      listener.progress(CheckListener.Phase.INDEXES, readable.size(), names.size());
    }
    return readable;
  }

  private void damaged(Digest name, String reason) {
    findings.damaged(new DamagedObject.DamagedIndex(name), reason, List.of());
  }
}
