package io.firn.repository.repair;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.PackQueue;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Finds out what is wrong with the index. Changes nothing. Used once.
final class IndexRepairPlanner {
  private final Backend backend;
  private final SecretKey key;
  private final IndexFiles indexes;
  private final IndexRepairOptions options;
  private final CheckListener listener;
  private final Map<PackId, Long> sizes = new HashMap<>();
  private final Map<PackId, List<PackEntry>> doubtful = new HashMap<>();
  private final Set<PackId> listed = new HashSet<>();
  private final Set<PackId> missing = new HashSet<>();
  private final ConcurrentLinkedDeque<PackInspection> idle = new ConcurrentLinkedDeque<>();
  private final List<PackState> states = new ArrayList<>();
  private long bytesTotal;
  private long bytesDone;

  IndexRepairPlanner(
      Backend backend,
      SecretKey key,
      UnpackedFiles files,
      IndexRepairOptions options,
      CheckListener listener) {
    this.backend = backend;
    this.key = key;
    this.indexes = new IndexFiles(backend, files);
    this.options = options;
    this.listener = listener;
  }

  IndexRepairPlan plan() {
    List<FileEntry> present = indexes.list();
    listPacks();
    Set<Digest> unreadable = new HashSet<>();
    for (FileEntry file : present) {
      indexes
          .read(file)
          .ifPresentOrElse(
              packs -> packs.forEach(this::look), () -> unreadable.add(IndexFiles.name(file)));
    }
    inspect(present);
    return plan(present, unreadable);
  }

  /// What is to be read is known before the first of it is read. The index files are gone through
  /// once more for it rather than remembered.
  private void inspect(List<FileEntry> present) {
    Set<PackId> asked = new HashSet<>(listed);
    asked.removeIf(pack -> doubtful.containsKey(pack) || !options.readsHeader(pack));
    asked.retainAll(sizes.keySet());
    Set<PackId> unlisted = new HashSet<>(sizes.keySet());
    unlisted.removeAll(listed);
    for (Set<PackId> packs : List.of(asked, doubtful.keySet(), unlisted)) {
      bytesTotal += packs.stream().mapToLong(this::bytesToRead).sum();
    }
    try (PackQueue queue = new PackQueue(options.workers())) {
      for (FileEntry file : asked.isEmpty() ? List.<FileEntry>of() : present) {
        indexes.read(file).orElse(List.of()).stream()
            .filter(pack -> asked.remove(pack.id()))
            .forEach(pack -> inspect(pack.id(), pack.entries(), queue));
      }
      doubtful.forEach((pack, entries) -> inspect(pack, entries, queue));
      unlisted.forEach(pack -> inspect(pack, List.of(), queue));
      queue.finish();
    }
  }

  private void listPacks() {
    try {
      for (FileEntry file : backend.list(FileType.PACK)) {
        sizes.put(PackId.of(file.handle().name()), file.sizeBytes());
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not list packs in", backend, "data", e);
    }
  }

  /// A pack whose size is not what its blobs add up to is looked into when all indexes are read:
  /// another one may list the rest of it.
  private void look(IndexedPack pack) {
    Long size = sizes.get(pack.id());
    if (size == null) {
      missing.add(pack.id());
    } else if (size != PackHeader.packBytes(pack.entries())) {
      doubtful.computeIfAbsent(pack.id(), id -> new ArrayList<>()).addAll(pack.entries());
    }
    listed.add(pack.id());
  }

  private void inspect(PackId pack, List<PackEntry> entries, PackQueue queue) {
    queue.add(() -> {
      PackInspection free = idle.poll();
      PackInspection inspection = free == null ? new PackInspection(backend, key) : free;
      try {
        add(inspection.inspect(pack, size(pack), entries, options.readsData(pack)));
      } finally {
        idle.push(inspection);
      }
    });
  }

  private synchronized void add(PackState state) {
    states.add(state);
    bytesDone += bytesToRead(state.pack());
    listener.progress(CheckListener.Phase.PACKS, bytesDone, bytesTotal);
  }

  private long bytesToRead(PackId pack) {
    return PackInspection.bytesToRead(size(pack), options.readsData(pack));
  }

  private long size(PackId pack) {
    return sizes.getOrDefault(pack, 0L);
  }

  /// An index file gives way where it cannot be read or lists a pack wrongly.
  private synchronized IndexRepairPlan plan(List<FileEntry> present, Set<Digest> unreadable) {
    List<PackState.Unlisted> unlisted = of(PackState.Unlisted.class);
    List<PackState.Damaged> damaged = of(PackState.Damaged.class);
    Set<PackId> wrong = new HashSet<>(missing);
    wrong.addAll(doubtful.keySet());
    unlisted.forEach(state -> wrong.add(state.pack()));
    damaged.forEach(state -> wrong.add(state.pack()));
    Set<Digest> replaced = new HashSet<>(unreadable);
    for (FileEntry file : wrong.isEmpty() ? List.<FileEntry>of() : present) {
      indexes
          .read(file)
          .filter(packs -> packs.stream().anyMatch(pack -> wrong.contains(pack.id())))
          .ifPresent(packs -> replaced.add(IndexFiles.name(file)));
    }
    return new IndexRepairPlan(
        sizes.size(),
        present.size() - replaced.size(),
        replaced.stream().sorted().toList(),
        missing.stream().sorted(Comparator.comparing(PackId::digest)).toList(),
        unlisted,
        damaged,
        of(PackState.Unreadable.class));
  }

  private <T extends PackState> List<T> of(Class<T> kind) {
    return states.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .sorted(Comparator.comparing(state -> state.pack().digest()))
        .toList();
  }
}
