package io.firn.repository.crash;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestRepositories;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.check.CheckListener;
import io.firn.repository.prune.PruneListener;
import io.firn.repository.prune.PruneOptions;
import io.firn.repository.repair.IndexRepairOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;

/// What the killed process does, in an order that its seed decides.
final class CrashingWork {
  private static final int MOST_SNAPSHOTS = 16;

  private final IntFunction<Repository> opening;
  private final CrashNotes notes;
  private final Random random;
  private final long seed;
  private Repository repository;
  private int password;
  private int disks;

  CrashingWork(
      IntFunction<Repository> opening, CrashRepository.Opened opened, CrashNotes notes, long seed) {
    this.opening = opening;
    this.repository = opened.repository();
    this.password = opened.password();
    this.notes = notes;
    this.random = new Random(seed);
    this.seed = seed;
  }

  void next() {
    CrashOperation operation = CrashOperation.any(random);
    switch (operation) {
      case BACKUP -> backUp();
      case FORGET -> forget();
      case RETAG -> retag();
      case PRUNE -> prune();
      case KEY_CHANGE -> changePassword();
      case REPAIR -> repair();
    }
    notes.did(operation);
  }

  private void backUp() {
    long diskSeed = seed * 1000 + disks++;
    try (RepositoryWriter writer = repository.writer()) {
      DiskOutcome disk =
          writer.writeDisk(
              TestRepositories.disk(CrashRepository.disk(diskSeed)),
              DiskOptions.DEFAULT.seenAs("disk"),
              TransferListener.SILENT);
      TreeId folder =
          writer.writeTree(List.of(Node.file("disk.img", TestRepositories.NOW, disk.file())));
      TreeId root = writer.writeTree(List.of(Node.folder("shop", TestRepositories.NOW, folder)));
      writer.writeSnapshot(snapshot(root, diskSeed));
    }
    notes.stored(diskSeed);
  }

  private static Snapshot snapshot(TreeId root, long diskSeed) {
    return new Snapshot(
        TestRepositories.NOW,
        root,
        List.of("/shop"),
        "cluster",
        "root",
        List.of(CrashRepository.tag(diskSeed)),
        "firn test",
        Optional.empty(),
        Optional.empty());
  }

  /// One, or as many as it takes to have a few left: a thousand rounds must stay small.
  private void forget() {
    List<StoredSnapshot> snapshots = new ArrayList<>(repository.snapshots());
    Collections.shuffle(snapshots, random);
    int count = Math.min(snapshots.size(), Math.max(1, snapshots.size() - MOST_SNAPSHOTS));
    List<StoredSnapshot> chosen = snapshots.subList(0, count);
    chosen.forEach(stored -> notes.forgetting(CrashRepository.seed(stored)));
    repository.forget(chosen.stream().map(StoredSnapshot::id).toList());
  }

  private void retag() {
    any()
        .ifPresent(stored -> {
          String seedTag = CrashRepository.tag(CrashRepository.seed(stored));
          repository.retag(stored.id(), List.of(seedTag, "protected=" + random.nextInt()));
        });
  }

  /// Half of the time dead packs are deleted at once, else what was marked an hour ago.
  private void prune() {
    Duration grace = random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1);
    PruneOptions options = PruneOptions.DEFAULT.withGrace(grace).withMaxUnusedPercent(0);
    repository.prune(options, PruneListener.SILENT);
  }

  private void changePassword() {
    int next = password + 1;
    notes.changingPassword(next);
    try (Password fresh = new Password(CrashRepository.password(next).toCharArray())) {
      repository.keys().add(fresh);
    }
    repository = opening.apply(next);
    repository.keys().list().stream()
        .filter(key -> !key.current())
        .forEach(key -> repository.keys().remove(key.id()));
    password = next;
    notes.changedPassword(next);
  }

  private void repair() {
    repository.repairIndex(
        IndexRepairOptions.DEFAULT.withReadAllPacks(random.nextBoolean()), CheckListener.SILENT);
  }

  private Optional<StoredSnapshot> any() {
    List<StoredSnapshot> snapshots = repository.snapshots();
    return snapshots.isEmpty()
        ? Optional.empty()
        : Optional.of(snapshots.get(random.nextInt(snapshots.size())));
  }
}
