package io.firn.bench;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.disk.FileDiskSource;
import io.firn.repository.disk.FileDiskTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Firn's side of the comparison, one process a step: `init REPO`, `backup REPO DISK`, `restore
/// REPO FILE` (the newest snapshot). The password is "bench".
public final class BenchMover {
  private static final String NAME = "disk.img";

  private BenchMover() {}

  public static void main(String[] arguments) throws IOException {
    LocalBackend backend = new LocalBackend(Path.of(arguments[1]));
    Password password = new Password("bench".toCharArray());
    switch (arguments[0]) {
      case "init" -> Repository.init(backend, password).close();
      case "backup" -> {
        try (Repository repository = Repository.open(backend, password)) {
          backup(repository, Path.of(arguments[2]));
        }
      }
      case "restore" -> {
        try (Repository repository = Repository.open(backend, password)) {
          restore(repository, Path.of(arguments[2]));
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void backup(Repository repository, Path disk) throws IOException {
    Instant now = Instant.now();
    try (RepositoryWriter writer = repository.writer();
        FileDiskSource source = FileDiskSource.open(disk)) {
      DiskOutcome outcome = writer.writeDisk(source, DiskOptions.DEFAULT, TransferListener.SILENT);
      TreeId root = writer.writeTree(List.of(Node.file(NAME, now, outcome.file())));
      writer.writeSnapshot(
          new Snapshot(
              now,
              root,
              List.of("/" + NAME),
              "bench",
              "bench",
              List.of(),
              "",
              Optional.empty(),
              Optional.empty()));
    }
  }

  private static void restore(Repository repository, Path file) throws IOException {
    TreeId root = repository.snapshots().getLast().snapshot().tree();
    RepositoryReader reader = repository.reader();
    Node node = reader.find(root, NAME).orElseThrow();
    DiskOptions options = DiskOptions.DEFAULT;
    try (FileDiskTarget target = FileDiskTarget.create(file)) {
      reader.restoreDisk(node, target, 0, options.workers(), TransferListener.SILENT);
    }
  }
}
