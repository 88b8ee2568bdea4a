package io.firn.repository.prune;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TreeId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexFile;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.prune.PackTable.Pack;
import io.firn.repository.snapshot.SnapshotFile;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// What a repository holds and what of it is needed. It can be taken again ([#refresh]): index and
/// listings are read anew then, and only trees that were not seen before are walked, so that it is
/// quick under an exclusive lock when it was taken once before it. Not thread-safe.
final class Survey {
  private final Backend backend;
  private final UnpackedFiles files;
  private final Function<BlobIndex, RepositoryReader> readers;
  private final PruneListener listener;

  private BlobIndex index = new BlobIndex();
  private LiveBlobs live;
  private final Set<Digest> walked = new HashSet<>();

  /// The index files of which the table tells; empty where none were read yet.
  private Optional<Set<Digest>> indexes = Optional.empty();

  /// The index files that the last look found, read to the end or not.
  private List<Digest> listed = List.of();

  private PackTable table = new PackTable(index);
  private Map<PackId, Long> stored = Map.of();

  Survey(
      Backend backend,
      UnpackedFiles files,
      Function<BlobIndex, RepositoryReader> readers,
      PruneListener listener) {
    this.backend = backend;
    this.files = files;
    this.readers = readers;
    this.listener = listener;
    this.live = new LiveBlobs(index, readers.apply(index));
  }

  /// Looks again. Snapshots are listed first, then the index is read, then packs are listed, so
  /// that a backup that ends meanwhile is no damage (format notes 1.11). Anything unreadable is
  /// `CORRUPT`.
  void refresh() {
    try {
      List<Digest> snapshots = names(FileType.SNAPSHOT);
      if (!new HashSet<>(snapshots).containsAll(walked)) {
        startOver();
      }
      loadIndex();
      loadPacks();
      preferSoundCopies();
      walk(snapshots);
    } catch (RuntimeException | Error e) {
      // A walk that ended half-way has met trees whose contents it has not seen.
      startOver();
      throw e;
    }
  }

  /// Whether an index file that the last look went by has gone since.
  boolean overtaken() {
    return !names(FileType.INDEX).containsAll(listed);
  }

  BlobIndex index() {
    return index;
  }

  PackTable table() {
    return table;
  }

  LiveBlobs live() {
    return live;
  }

  long snapshots() {
    return walked.size();
  }

  /// Sizes of all pack files, listed in an index or not.
  Map<PackId, Long> stored() {
    return stored;
  }

  boolean sound(Pack pack) {
    Long found = stored.get(pack.id());
    return found != null && found == pack.sizeBytes();
  }

  Homes homes(Predicate<PackId> marked) {
    return new Homes(table, live, this::sound, marked);
  }

  /// Each pack of each index file, one file in memory at a time.
  void eachIndexed(Digest name, Consumer<IndexedPack> packs) {
    try {
      IndexFile.decode(files.load(FileType.INDEX, name), packs);
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "index/%s in %s is damaged: %s. Nothing is pruned; rebuild the index first."
              .formatted(name, backend.location(), e.getMessage()),
          Map.of("file", "index/" + name),
          e);
    }
  }

  List<Digest> names(FileType type) {
    return list(type).stream().map(file -> Digest.of(file.handle().name())).toList();
  }

  /// A snapshot that was walked is gone: what only it needed is dead now.
  private void startOver() {
    index = new BlobIndex();
    live = new LiveBlobs(index, readers.apply(index));
    walked.clear();
    indexes = Optional.empty();
  }

  /// An index file never changes: where the same ones are there, so is what they say.
  private void loadIndex() {
    List<Digest> names = names(FileType.INDEX);
    listed = names;
    if (indexes.filter(Set.copyOf(names)::equals).isPresent()) {
      return;
    }
    PackTable fresh = new PackTable(index);
    for (int i = 0; i < names.size(); i++) {
      eachIndexed(names.get(i), fresh::add);
      listener.progress(PruneListener.Phase.INDEXES, i + 1, names.size());
    }
    table = fresh;
    indexes = Optional.of(Set.copyOf(names));
  }

  private void loadPacks() {
    Map<PackId, Long> sizes = new HashMap<>();
    list(FileType.PACK)
        .forEach(file -> sizes.put(PackId.of(file.handle().name()), file.sizeBytes()));
    stored = sizes;
  }

  /// Trees are read where they can be read: the index knows one copy of a blob, the last one added.
  private void preferSoundCopies() {
    if (table.packs().stream().allMatch(this::sound)) {
      return;
    }
    for (Digest name : names(FileType.INDEX)) {
      eachIndexed(
          name,
          listed -> {
            if (table.lists(listed.id()) && sound(table.get(listed.id()))) {
              index.add(listed);
            }
          });
    }
  }

  private void walk(List<Digest> snapshots) {
    List<Digest> fresh = new ArrayList<>(snapshots);
    fresh.removeIf(walked::contains);
    for (int i = 0; i < fresh.size(); i++) {
      Digest name = fresh.get(i);
      Optional<TreeId> root = root(name);
      if (root.isPresent()) {
        live.walk(root.get());
        walked.add(name);
      }
      listener.progress(PruneListener.Phase.SNAPSHOTS, i + 1, fresh.size());
    }
  }

  /// Empty where the snapshot was forgotten since it was listed.
  private Optional<TreeId> root(Digest name) {
    try {
      return Optional.of(SnapshotFile.decode(files.load(FileType.SNAPSHOT, name)).tree());
    } catch (RepositoryException e) {
      if (e.getCause() instanceof NoSuchFileException && gone(name)) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "snapshots/%s in %s is damaged: %s. Nothing is pruned; run a check."
              .formatted(name, backend.location(), e.getMessage()),
          Map.of("file", "snapshots/" + name),
          e);
    }
  }

  private boolean gone(Digest name) {
    FileHandle handle = new FileHandle(FileType.SNAPSHOT, name.toString());
    try {
      backend.size(handle);
      return false;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw BackendErrors.failed("could not look at a snapshot in", backend, handle.toString(), e);
    }
  }

  private List<FileEntry> list(FileType type) {
    try {
      return backend.list(type);
    } catch (IOException e) {
      throw BackendErrors.failed("could not list files in", backend, type.folder(), e);
    }
  }
}
