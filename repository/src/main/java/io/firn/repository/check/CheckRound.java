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
import io.firn.repository.pack.BlobKey;
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
import java.util.stream.Collectors;

/// One look at a whole repository. Snapshots are listed before indexes, so a backup that ends
/// meanwhile is no damage (format notes 1.11). For one use.
final class CheckRound {
  /// So many orphaned packs are named; of more only the number is told.
  private static final int MOST_NAMED = 10;

  private final Backend backend;
  private final SecretKey key;
  private final UnpackedFiles files;
  private final CheckListener listener;
  private final CheckOptions options;
  private final Contents contents;
  private final Findings findings = new Findings();
  private final BlobIndex index = new BlobIndex();
  private final Map<PackId, Long> sizes = new HashMap<>();
  private final Set<PackId> indexed = new HashSet<>();
  private final Set<PackId> unsound = new HashSet<>();
  private List<FileEntry> indexes = List.of();
  private int packsRead;

  /// `contents` is what earlier rounds have seen inside packs; this one adds to it.
  CheckRound(
      Backend backend,
      SecretKey key,
      UnpackedFiles files,
      CheckOptions options,
      CheckListener listener,
      Contents contents) {
    this.backend = backend;
    this.key = key;
    this.files = files;
    this.options = options;
    this.listener = listener;
    this.contents = contents;
  }

  /// What was found inside listed packs, and which these are: dear to find out, and true of a pack
  /// for as long as it is there.
  record Contents(Findings findings, Set<PackId> looked) {
    Contents() {
      this(new Findings(), new HashSet<>());
    }
  }

  /// `reader` makes a reader over an index.
  CheckReport run(Function<BlobIndex, RepositoryReader> reader) {
    new FileFaults(backend, files, findings).check();
    SnapshotChecks snapshots = new SnapshotChecks(files, findings, list(FileType.SNAPSHOT));
    indexes = list(FileType.INDEX);
    list(FileType.PACK)
        .forEach(file -> sizes.put(PackId.of(file.handle().name()), file.sizeBytes()));
    IndexScan scan = new IndexScan(files, findings);
    List<FileEntry> readable = scan.read(indexes, listener, this::checkListed);
    Map<PackId, Long> orphans = new HashMap<>(sizes);
    orphans.keySet().removeAll(indexed);
    hint(orphans);
    checkContents(scan, readable, orphans);
    findings.add(contents.findings(), pack -> sizes.containsKey(pack) && !unsound.contains(pack));
    findings.elsewhere(elsewhere(scan, readable));
    List<CheckedSnapshot> checked =
        snapshots.check(new SnapshotWalk(reader.apply(index), index, findings), listener);
    return report(snapshots, checked);
  }

  /// Whether index files that this round went by are gone: it may have missed what took their
  /// place.
  boolean overtaken() {
    return !list(FileType.INDEX).stream()
        .map(FileEntry::handle)
        .collect(Collectors.toSet())
        .containsAll(indexes.stream().map(FileEntry::handle).toList());
  }

  private CheckReport report(SnapshotChecks snapshots, List<CheckedSnapshot> checked) {
    return new CheckReport(
        options,
        findings.damages(snapshots.hurt()),
        findings.hints(),
        checked,
        indexed.size(),
        packsRead,
        index.size(),
        contents.findings().bytesRead());
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

  private void checkContents(IndexScan scan, List<FileEntry> readable, Map<PackId, Long> orphans) {
    if (options.depth() == CheckDepth.STRUCTURE) {
      return;
    }
    contents.looked().retainAll(sizes.keySet());
    Map<PackId, Long> wanted = wanted();
    long bytes = wanted.values().stream().mapToLong(size -> size).sum();
    try (PackChecks checks =
        new PackChecks(backend, key, contents.findings(), findings, options, bytes, listener)) {
      scan.read(
          readable,
          CheckListener.SILENT,
          pack -> {
            if (indexed.contains(pack.id()) && wanted.remove(pack.id()) != null) {
              contents.looked().add(pack.id());
              checks.check(pack);
            }
          });
      wanted.keySet().retainAll(orphans.keySet());
      wanted.forEach(checks::checkOrphan);
      checks.finish();
    }
    packsRead = contents.looked().size() + wanted.size();
  }

  /// Of the blobs that were lost with packs, those that another pack has too, as far as was seen: a
  /// restore reads them there.
  private Set<BlobKey> elsewhere(IndexScan scan, List<FileEntry> readable) {
    Map<PackId, Set<BlobKey>> lost = findings.lostWithPacks();
    Set<BlobKey> wanted = new HashSet<>();
    lost.values().forEach(wanted::addAll);
    Set<BlobKey> found = new HashSet<>();
    if (!wanted.isEmpty()) {
      scan.read(
          readable,
          CheckListener.SILENT,
          pack -> {
            if (!unsound.contains(pack.id())) {
              Set<BlobKey> here = new HashSet<>(PackContents.keys(pack.entries()));
              here.retainAll(wanted);
              here.removeAll(lost.getOrDefault(pack.id(), Set.of()));
              found.addAll(here);
            }
          });
    }
    return found;
  }

  /// The packs to look into, with their sizes.
  private Map<PackId, Long> wanted() {
    Map<PackId, Long> wanted = new HashMap<>(sizes);
    wanted.keySet().removeAll(unsound);
    if (options.depth() == CheckDepth.DATA) {
      wanted.keySet().retainAll(options.subset().select(sizes, options.seed()));
    }
    wanted.keySet().removeAll(contents.looked());
    return wanted;
  }

  private List<FileEntry> list(FileType type) {
    try {
      return backend.list(type);
    } catch (IOException e) {
      throw BackendErrors.failed("could not list files in", backend, type.folder(), e);
    }
  }
}
