package io.firn.bench;

import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.prune.PruneListener;
import io.firn.repository.prune.PruneOptions;
import io.firn.repository.prune.PruneOutcome;
import io.firn.repository.prune.PrunePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One step of [ManyPoints] in a process of its own: `STEP REPOSITORY [KEEP]`.
final class PointsStep {
  private PointsStep() {}

  public static void main(String[] arguments) {
    try (Repository repository = open(Path.of(arguments[1]))) {
      switch (arguments[0]) {
        case "list" -> System.out.println(repository.snapshots().size());
        case "read" -> read(repository);
        case "forget" -> forget(repository, Integer.parseInt(arguments[2]));
        case "plan" -> plan(repository);
        case "prune" -> prune(repository);
        default -> throw new IllegalArgumentException("no such step: " + arguments[0]);
      }
    }
  }

  static Repository open(Path where) {
    return Repository.open(
        new LocalBackend(where),
        new Password(ManyPoints.PASSWORD.toCharArray()),
        RepositoryOptions.DEFAULT);
  }

  /// Loads the index and finds the newest disk.
  private static void read(Repository repository) {
    StoredSnapshot newest = repository.snapshots().getLast();
    boolean found = repository.reader().find(newest.snapshot().tree(), ManyPoints.DISK).isPresent();
    System.out.println(found);
  }

  private static void forget(Repository repository, int keep) {
    List<StoredSnapshot> all = repository.snapshots();
    List<SnapshotId> old =
        all.subList(0, all.size() - keep).stream().map(StoredSnapshot::id).toList();
    System.out.println(repository.forget(old).removed().size());
  }

  /// As stock restic does it: at once, up to 5 % unused.
  private static PruneOptions options() {
    return PruneOptions.DEFAULT.withGrace(Duration.ZERO).withRepackBelowPercent(100);
  }

  private static void plan(Repository repository) {
    PrunePlan plan = repository.prunePlan(options(), PruneListener.SILENT);
    System.out.println(plan.groups());
  }

  private static void prune(Repository repository) {
    PruneOutcome outcome = repository.prune(options(), PruneListener.SILENT);
    System.out.printf(
        "deleted %d packs, wrote %d bytes%n", outcome.packsDeleted(), outcome.bytesWritten());
  }
}
