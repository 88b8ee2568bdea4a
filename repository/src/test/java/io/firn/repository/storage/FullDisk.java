package io.firn.repository.storage;

import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.disk.FileDiskTarget;
import io.firn.repository.repair.IndexRepairOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Works in a folder until nothing more fits, at every stage, and shows that nothing was lost. Runs
/// in a process of its own, on a small file system (`small`), or where no file may grow beyond some
/// size (`limited`).
final class FullDisk {
  private final Path folder;
  private final Path where;
  private final byte[] disk = TestDisks.random(new Random(1), 800_000);

  private FullDisk(Path folder) {
    this.folder = folder;
    this.where = folder.resolve("repo");
  }

  public static void main(String[] arguments) throws IOException {
    FullDisk full = new FullDisk(Path.of(arguments[0]));
    Stored stored = full.backupUntilFull();
    if (arguments[1].equals("small")) {
      full.keysAndRepair(stored);
    }
    System.out.println("held: " + arguments[1]);
  }

  private Stored backupUntilFull() throws IOException {
    RepositoryOptions options = TestRepositories.OPTIONS.withPackSizeBytes(4 << 20);
    try (Repository repository =
        Repository.init(new LocalBackend(where), TestRepositories.password(), options)) {
      Stored stored = TestRepositories.store(repository, "a", TestRepositories.disk(disk));
      byte[] large = TestDisks.random(new Random(2), 12_000_000);
      requireFull(() -> TestRepositories.store(repository, "b", TestRepositories.disk(large)));
      requireWhole(repository, stored);
      return stored;
    }
  }

  private void keysAndRepair(Stored stored) throws IOException {
    Path filler = fill();
    try (Repository repository = TestRepositories.open(new LocalBackend(where));
        Password other = new Password("other".toCharArray())) {
      requireFull(() -> repository.keys().add(other));
      require(repository.keys().list().size() == 1, "a key was added");
      requireFull(() -> TestRepositories.store(repository, "c", TestRepositories.disk(disk)));
      restoreHasNoRoom(repository, stored);
      List<FileEntry> indexes = new LocalBackend(where).list(FileType.INDEX);
      for (FileEntry index : indexes) {
        new LocalBackend(where).delete(index.handle());
      }
      refill(filler);
      requireFull(() -> repository.repairIndex(IndexRepairOptions.DEFAULT, CheckListener.SILENT));
      Files.delete(filler);
      repository.repairIndex(IndexRepairOptions.DEFAULT, CheckListener.SILENT);
      requireWhole(repository, stored);
      repository.keys().add(other);
      TestRepositories.store(repository, "d", TestRepositories.disk(disk));
      requireWhole(repository, stored);
    }
  }

  private void restoreHasNoRoom(Repository repository, Stored stored) throws IOException {
    Path target = folder.resolve("restored");
    RepositoryReader reader = repository.reader();
    Node node = reader.find(stored.root(), "/shop/a").orElseThrow();
    int block = stored.outcome().blockSizeBytes();
    try (FileDiskTarget file = FileDiskTarget.create(target)) {
      reader.restoreDisk(node, file, block, 4, TransferListener.SILENT);
      throw new IllegalStateException("there was room for a disk");
    } catch (RepositoryException e) {
      require(
          String.valueOf(e.getMessage()).contains("No space left"), "it failed otherwise: " + e);
    } finally {
      Files.delete(target);
    }
  }

  private Path fill() throws IOException {
    Path filler = Files.createFile(folder.resolve("filler"));
    refill(filler);
    return filler;
  }

  /// Byte by byte at the end, so that not even a lock fits.
  private static void refill(Path filler) throws IOException {
    for (int piece = 1 << 16; piece > 0; piece /= 4) {
      while (fits(filler, piece)) {
        // The next piece.
      }
    }
  }

  private static boolean fits(Path filler, int bytes) throws IOException {
    try {
      Files.write(filler, new byte[bytes], java.nio.file.StandardOpenOption.APPEND);
      return true;
    } catch (java.nio.file.NoSuchFileException e) {
      throw e;
    } catch (IOException full) {
      return false;
    }
  }

  private void requireWhole(Repository repository, Stored stored) throws IOException {
    var report = repository.check(CheckDepth.DATA, CheckListener.SILENT);
    require(report.sound(), "damage: " + report.damages());
    require(repository.locks().list().isEmpty(), "a lock was left");
    RepositoryReader reader = repository.reader();
    byte[] read = reader.readFile(reader.find(stored.root(), "/shop/a").orElseThrow());
    require(Arrays.equals(read, disk), "other data came back");
    try (Stream<Path> files = Files.walk(where)) {
      require(
          files.noneMatch(file -> file.toString().contains("-tmp-")), "a temporary file was left");
    }
  }

  private static void requireFull(Runnable work) {
    try {
      work.run();
    } catch (RepositoryException e) {
      require(e.code() == FailureCode.NO_SPACE, "it failed otherwise: " + e);
      return;
    }
    throw new IllegalStateException("there was room for it");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
