package io.firn.repository.check;

import io.firn.repository.BackendErrors;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryReader;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Checks a repository. Takes no lock and changes nothing; snapshots are listed before indexes, so
/// a backup that ends meanwhile is no damage (format notes 1.11).
public final class RepositoryCheck {
  /// So many orphaned packs are named; of more only the number is told.
  private static final int MOST_NAMED = 10;

  private final Backend backend;
  private final SecretKey key;
  private final UnpackedFiles files;
  private final CheckListener listener;
  private final CheckOptions options;
  private final Findings findings = new Findings();
  private final BlobIndex index = new BlobIndex();
  private final Map<PackId, Long> sizes = new HashMap<>();
  private final Set<PackId> indexed = new HashSet<>();
  private final Set<PackId> unsound = new HashSet<>();

  public RepositoryCheck(
      Backend backend,
      SecretKey key,
      UnpackedFiles files,
      CheckOptions options,
      CheckListener listener) {
    this.backend = backend;
    this.key = key;
    this.files = files;
    this.options = options;
    this.listener = listener;
  }

  /// `reader` makes a reader over an index.
  public CheckReport run(Function<BlobIndex, RepositoryReader> reader) {
    new FileFaults(backend, files, findings).check();
    SnapshotChecks snapshots = new SnapshotChecks(files, findings, list(FileType.SNAPSHOT));
    List<FileEntry> indexes = list(FileType.INDEX);
    list(FileType.PACK)
        .forEach(file -> sizes.put(PackId.of(file.handle().name()), file.sizeBytes()));
    IndexScan scan = new IndexScan(files, findings);
    List<FileEntry> readable = scan.read(indexes, listener, this::checkListed);
    Map<PackId, Long> orphans = new HashMap<>(sizes);
    orphans.keySet().removeAll(indexed);
    hint(orphans);
    long packsRead = checkContents(scan, readable, orphans);
    List<CheckedSnapshot> checked =
        snapshots.check(new SnapshotWalk(reader.apply(index), index, findings), listener);
    return new CheckReport(
        options,
        findings.damages(snapshots.hurt()),
        findings.hints(),
        checked,
        indexed.size(),
        packsRead,
        index.size(),
        findings.bytesRead());
  }

  /// The pack must be there and have the size that its blobs add up to.
  private void checkListed(IndexedPack pack) {
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

  private void hint(Map<PackId, Long> orphans) {
    long bytes = orphans.values().stream().mapToLong(size -> size).sum();
    if (!orphans.isEmpty()) {
      List<String> named =
          orphans.keySet().stream().map(PackId::toString).sorted().limit(MOST_NAMED).toList();
      findings.hint(
          "%d packs with %d bytes are in no index: left by writers that were stopped, freed by a prune (%s%s)"
              .formatted(
                  orphans.size(),
                  bytes,
                  String.join(", ", named),
                  orphans.size() > MOST_NAMED ? ", …" : ""));
    }
  }

  /// Returns how many packs were looked into.
  private long checkContents(IndexScan scan, List<FileEntry> indexes, Map<PackId, Long> orphans) {
    if (options.depth() == CheckDepth.STRUCTURE) {
      return 0;
    }
    Map<PackId, Long> wanted = new HashMap<>(sizes);
    wanted.keySet().removeAll(unsound);
    if (options.depth() == CheckDepth.DATA) {
      wanted.keySet().retainAll(options.subset().select(sizes, options.seed()));
    }
    long bytes = wanted.values().stream().mapToLong(size -> size).sum();
    try (PackChecks checks = new PackChecks(backend, key, findings, options, bytes, listener)) {
      scan.read(
          indexes,
          CheckListener.SILENT,
          pack -> {
            if (indexed.contains(pack.id()) && wanted.remove(pack.id()) != null) {
              checks.check(pack);
            }
          });
      wanted.keySet().retainAll(orphans.keySet());
      wanted.forEach(checks::checkOrphan);
      return checks.finish();
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
