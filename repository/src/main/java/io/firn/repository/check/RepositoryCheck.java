package io.firn.repository.check;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.KeyId;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.SnapshotId;
import io.firn.repository.TreeId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import io.firn.repository.snapshot.SnapshotFile;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Checks a repository. Takes no lock and changes nothing; snapshots are listed before indexes, so
/// a backup that ends meanwhile is no damage (format notes 1.11).
public final class RepositoryCheck {
  private final Backend backend;
  private final SecretKey key;
  private final UnpackedFiles files;
  private final CheckListener listener;
  private final CheckDepth depth;
  private final Findings findings = new Findings();
  private final BlobIndex index = new BlobIndex();

  public RepositoryCheck(
      Backend backend,
      SecretKey key,
      UnpackedFiles files,
      CheckDepth depth,
      CheckListener listener) {
    this.backend = backend;
    this.key = key;
    this.files = files;
    this.depth = depth;
    this.listener = listener;
  }

  /// `reader` makes a reader over an index.
  public CheckReport run(Function<BlobIndex, RepositoryReader> reader) {
    checkKeys();
    List<Digest> snapshots = names(FileType.SNAPSHOT);
    List<Digest> indexes = names(FileType.INDEX);
    Map<PackId, Long> sizes = packSizes();
    Set<PackId> unsound = new HashSet<>();
    Set<PackId> indexed = new HashSet<>();
    IndexScan scan = new IndexScan(files, findings);
    List<Digest> readable =
        scan.read(indexes, listener, pack -> checkSize(pack, sizes, indexed, unsound));
    hintOrphans(sizes, indexed);
    checkPacks(scan, readable, indexed, unsound);
    SnapshotWalk walk = new SnapshotWalk(reader.apply(index), index, findings);
    Map<SnapshotId, TreeId> roots = checkSnapshots(snapshots, walk);
    return new CheckReport(
        depth,
        findings.damages(walk.hurt(roots, findings.lostBlobs())),
        findings.hints(),
        snapshots.size(),
        indexed.size(),
        index.size(),
        findings.bytesRead());
  }

  private void checkKeys() {
    for (FileEntry file : list(FileType.KEY)) {
      KeyId id = KeyId.of(file.handle().name());
      try {
        if (!Sha256.of(backend.load(file.handle())).equals(id.digest())) {
          findings.damaged(
              new DamagedObject.DamagedKey(id), "its content does not match its name", List.of());
        }
      } catch (IOException e) {
        throw BackendErrors.failed("could not read keys in", backend, file.handle().toString(), e);
      }
    }
  }

  private Map<PackId, Long> packSizes() {
    Map<PackId, Long> sizes = new HashMap<>();
    list(FileType.PACK)
        .forEach(file -> sizes.put(PackId.of(file.handle().name()), file.sizeBytes()));
    return sizes;
  }

  private void checkSize(
      IndexedPack pack, Map<PackId, Long> sizes, Set<PackId> indexed, Set<PackId> unsound) {
    index.add(pack);
    if (!indexed.add(pack.id())) {
      return;
    }
    long expected = PackHeader.packBytes(pack.entries());
    Long found = sizes.get(pack.id());
    if (found == null || found != expected) {
      unsound.add(pack.id());
      findings.damaged(
          new DamagedObject.DamagedPack(pack.id()),
          found == null
              ? "it is missing"
              : "it has %d bytes instead of %d".formatted(found, expected),
          PackContents.keys(pack.entries()));
    }
    if (pack.entries().stream().map(PackEntry::type).distinct().count() > 1) {
      findings.hint("pack " + pack.id() + " holds trees and data: restic prune separates them");
    }
  }

  private void hintOrphans(Map<PackId, Long> sizes, Set<PackId> indexed) {
    long count = 0;
    long bytes = 0;
    for (Map.Entry<PackId, Long> pack : sizes.entrySet()) {
      if (!indexed.contains(pack.getKey())) {
        count++;
        bytes += pack.getValue();
      }
    }
    if (count > 0) {
      findings.hint(
          "%d packs with %d bytes are in no index: left by writers that were stopped, freed by a prune"
              .formatted(count, bytes));
    }
  }

  private void checkPacks(
      IndexScan scan, List<Digest> indexes, Set<PackId> indexed, Set<PackId> unsound) {
    if (depth == CheckDepth.STRUCTURE) {
      return;
    }
    PackContents contents = new PackContents(backend, key, findings);
    Set<PackId> done = new HashSet<>(unsound);
    scan.read(
        indexes,
        CheckListener.SILENT,
        pack -> {
          if (done.add(pack.id())) {
            checkPack(contents, pack);
            listener.progress(CheckListener.Phase.PACKS, done.size(), indexed.size());
          }
        });
  }

  private void checkPack(PackContents contents, IndexedPack pack) {
    try {
      boolean headerIsGood = contents.checkHeader(pack);
      if (depth == CheckDepth.DATA) {
        contents.checkData(pack, headerIsGood);
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not read packs in", backend, "pack " + pack.id(), e);
    }
  }

  /// The roots of the snapshots that can be read.
  private Map<SnapshotId, TreeId> checkSnapshots(List<Digest> names, SnapshotWalk walk) {
    Map<SnapshotId, TreeId> roots = new LinkedHashMap<>();
    long done = 0;
    for (Digest name : names) {
      SnapshotId id = new SnapshotId(name);
      try {
        TreeId root = SnapshotFile.decode(files.load(FileType.SNAPSHOT, name)).tree();
        roots.put(id, root);
        walk.require(root);
      } catch (IOException e) {
        damaged(id, "it is no snapshot: " + e.getMessage());
      } catch (RepositoryException e) {
        if (e.code() != FailureCode.CORRUPT) {
          throw e;
        }
        damaged(id, String.valueOf(e.getMessage()));
      }
      listener.progress(CheckListener.Phase.SNAPSHOTS, ++done, names.size());
    }
    return roots;
  }

  private void damaged(SnapshotId id, String reason) {
    findings.damaged(new DamagedObject.DamagedSnapshot(id), reason, List.of());
  }

  private List<Digest> names(FileType type) {
    return list(type).stream().map(file -> Digest.of(file.handle().name())).toList();
  }

  private List<FileEntry> list(FileType type) {
    try {
      return backend.list(type);
    } catch (IOException e) {
      throw BackendErrors.failed("could not list files in", backend, type.folder(), e);
    }
  }
}
