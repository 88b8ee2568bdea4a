package io.firn.repository.snapshot;

import io.firn.repository.BackendErrors;
import io.firn.repository.BlobId;
import io.firn.repository.BlobList;
import io.firn.repository.Node;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TreeId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexLoader;
import io.firn.repository.pack.BlobType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether all that a point needs is there (decision 0037): asked under a lock that keeps a prune's
/// second phase out, so that the answer still holds when the point is written. Thread-safe.
public final class Completeness {
  private final Backend backend;
  private final UnpackedFiles files;
  private final BlobIndex index;
  private final Function<BlobIndex, RepositoryReader> readers;
  private final Set<FileHandle> loaded;

  /// `index` is that of the writer, who loads it after this.
  public Completeness(
      Backend backend,
      UnpackedFiles files,
      BlobIndex index,
      Function<BlobIndex, RepositoryReader> readers) {
    this.backend = backend;
    this.files = files;
    this.index = index;
    this.readers = readers;
    this.loaded = listed();
  }

  /// `PRUNED` where something is missing: the work counted on what nothing needed any more. `own`
  /// are the index files that the writer has written since: a prune may have taken these as well.
  public void require(TreeId root, Set<FileHandle> own) {
    Set<FileHandle> listed = listed();
    boolean asItWas = listed.containsAll(loaded) && listed.containsAll(own);
    BlobIndex now = asItWas ? index : new IndexLoader(backend, files).load();
    require(root, now, readers.apply(now), new HashSet<>());
  }

  /// Whether an index file that the writer went by is gone: only then may a prune have taken a pack
  /// that he counts on (decision 0036).
  public boolean isIndexReplaced() {
    return !listed().containsAll(loaded);
  }

  private void require(TreeId id, BlobIndex now, RepositoryReader reader, Set<TreeId> seen) {
    if (seen.add(id)) {
      require(BlobType.TREE, new BlobId(id.digest()), now);
      for (Node node : reader.tree(id).nodes()) {
        node.content().ifPresent(content -> require(content, now));
        node.subtree().ifPresent(subtree -> require(subtree, now, reader, seen));
      }
    }
  }

  private void require(BlobList content, BlobIndex now) {
    for (int i = 0; i < content.size(); i++) {
      require(BlobType.DATA, content.get(i), now);
    }
  }

  private void require(BlobType type, BlobId id, BlobIndex now) {
    if (now.find(type, id).isEmpty()) {
      throw new RepositoryException(
          FailureCode.PRUNED,
          "a prune took %s blob %s out of %s, which nothing needed when this began. No point was made; start again: it is stored anew."
              .formatted(type.label(), id, backend.location()),
          Map.of("blob", id.toString()));
    }
  }

  private Set<FileHandle> listed() {
    try {
      List<FileEntry> indexes = backend.list(FileType.INDEX);
      return indexes.stream().map(FileEntry::handle).collect(Collectors.toSet());
    } catch (IOException e) {
      throw BackendErrors.failed("could not list indexes in", backend, "index", e);
    }
  }
}
