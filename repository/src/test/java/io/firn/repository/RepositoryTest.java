package io.firn.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.config.RepositoryConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
  @TempDir Path folder;

  @Test
  void open_nothingThere_saysWhat() throws IOException {
    assertCode(() -> open(folder.resolve("absent")), FailureCode.ABSENT);
    Files.createDirectory(folder.resolve("empty"));
    assertCode(() -> open(folder.resolve("empty")), FailureCode.ABSENT);
    Files.createDirectory(folder.resolve("other"));
    Files.writeString(folder.resolve("other/file"), "x");
    assertCode(() -> open(folder.resolve("other")), FailureCode.NOT_A_REPOSITORY);
  }

  @Test
  void init_twice_isRefused() {
    MemoryBackend backend = new MemoryBackend();
    String id = TestRepositories.init(backend).id();
    assertCode(() -> TestRepositories.init(backend), FailureCode.ALREADY_EXISTS);
    assertThat(TestRepositories.open(backend).id()).isEqualTo(id);
  }

  @Test
  void config_parsed_isWhatWasWritten() throws IOException {
    RepositoryConfig config = new RepositoryConfig(2, "a".repeat(64), "3da3358b4dc173");
    assertThat(RepositoryConfig.parse(config.toBytes())).isEqualTo(config);
  }

  @Test
  void snapshots_areOldestFirst_withAllTheirFields() {
    Repository repository = TestRepositories.init(new MemoryBackend());
    Stored stored = TestRepositories.store(repository, "a", TestRepositories.disk(new byte[10]));
    Snapshot older =
        new Snapshot(
            Instant.parse("2020-01-01T00:00:00.5Z"),
            stored.root(),
            List.of("/ä"),
            "höst",
            "me",
            List.of(),
            "",
            Optional.of(stored.snapshot()),
            Optional.of(
                new SnapshotSummary(
                    Instant.EPOCH, Instant.parse("2020-01-01T00:00:00Z"), 1, 2, 3, 4, 5, 6)));
    try (RepositoryWriter writer = repository.writer()) {
      SnapshotId id = writer.writeSnapshot(older);
      assertThat(repository.snapshots())
          .containsExactly(
              new StoredSnapshot(id, older),
              new StoredSnapshot(stored.snapshot(), TestRepositories.snapshot(stored.root())));
    }
  }

  @Test
  void files_ofAnySize_comeBack() {
    Repository repository = TestRepositories.init(new MemoryBackend());
    for (int size : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 3_500_000}) {
      byte[] content = TestDisks.random(new Random(size), size);
      try (RepositoryWriter writer = repository.writer()) {
        Node node = Node.file("f", TestRepositories.NOW, writer.writeFile(content));
        writer.flush();
        assertThat(repository.reader().readFile(node)).isEqualTo(content);
      }
    }
  }

  @Test
  void find_pathsThatAreNotThere_areEmpty() {
    Repository repository = TestRepositories.init(new MemoryBackend());
    Stored stored = TestRepositories.store(repository, "a", TestRepositories.disk(new byte[10]));
    RepositoryReader reader = repository.reader();
    assertThat(reader.find(stored.root(), "/shop/a")).isPresent();
    assertThat(reader.find(stored.root(), "shop")).isPresent();
    assertThat(reader.find(stored.root(), "/shop/b")).isEmpty();
    assertThat(reader.find(stored.root(), "/shop/a/b")).isEmpty();
    assertThat(reader.find(stored.root(), "/")).isEmpty();
  }

  @Test
  void disksWrittenAtOnce_areAllWhole() throws Exception {
    Repository repository = TestRepositories.init(new MemoryBackend());
    byte[] shared = TestDisks.random(new Random(5), 2_000_000);
    try (RepositoryWriter writer = repository.writer();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DiskOutcome>> disks =
          java.util.stream.IntStream.range(0, 4)
              .mapToObj(i ->
                  threads.submit(() ->
                      writer.writeDisk(
                          TestRepositories.disk(shared),
                          DiskOptions.DEFAULT,
                          TransferListener.SILENT)))
              .toList();
      long bytesNew = 0;
      for (Future<DiskOutcome> disk : disks) {
        bytesNew += disk.get().bytesNew();
      }
      assertThat(bytesNew).as("each block is stored by one of them").isEqualTo(shared.length);
      writer.flush();
      Node node = Node.file("f", TestRepositories.NOW, disks.getLast().get().file());
      assertThat(repository.reader().readFile(node)).isEqualTo(shared);
    }
  }

  @Test
  void orderOfDurability_isPacksThenIndexThenSnapshot() {
    FaultyBackend backend = new FaultyBackend(new MemoryBackend());
    Repository repository = TestRepositories.init(backend);
    TestRepositories.store(
        repository, "a", TestRepositories.disk(TestDisks.random(new Random(1), 5_000_000)));
    List<FileType> order =
        backend.saved().stream()
            .map(FileHandle::type)
            .filter(type -> type != FileType.LOCK)
            .toList();
    assertThat(order.indexOf(FileType.CONFIG)).isEqualTo(1);
    assertThat(order.lastIndexOf(FileType.PACK)).isLessThan(order.lastIndexOf(FileType.INDEX));
    assertThat(order.lastIndexOf(FileType.INDEX)).isLessThan(order.indexOf(FileType.SNAPSHOT));
    assertThat(order.indexOf(FileType.SNAPSHOT)).isEqualTo(order.size() - 1);
  }

  @Test
  void failedWriter_acceptsNothingMore_andHarmsNothing() {
    FaultyBackend backend = new FaultyBackend(new MemoryBackend());
    Repository repository = TestRepositories.init(backend);
    Stored good =
        TestRepositories.store(
            repository, "a", TestRepositories.disk(TestDisks.random(new Random(1), 3_000_000)));
    boolean[] full = {true};
    backend.add((operation, handle, number) -> {
      if (full[0] && operation == Operation.SAVE && handle.type() == FileType.PACK) {
        throw new PermanentBackendException(
            PermanentBackendException.Reason.NO_SPACE, "no space is left", new IOException());
      }
    });
    byte[] disk = TestDisks.random(new Random(2), 3_000_000);
    try (RepositoryWriter writer = repository.writer()) {
      assertCode(() -> write(writer, disk), FailureCode.NO_SPACE);
      full[0] = false;
      assertCode(() -> write(writer, disk), FailureCode.NO_SPACE);
      assertCode(
          () -> writer.writeSnapshot(TestRepositories.snapshot(good.root())), FailureCode.NO_SPACE);
    }
    assertThat(repository.snapshots()).hasSize(1);
    TestRepositories.store(repository, "b", TestRepositories.disk(disk));
    CheckReport report = repository.check(CheckDepth.DATA, CheckListener.SILENT);
    assertThat(report.damages()).isEmpty();
    assertThat(repository.locks().list()).isEmpty();
  }

  @Test
  void backendThatStaysBroken_isReportedAfterRetries() {
    FaultyBackend backend = new FaultyBackend(new MemoryBackend());
    Repository repository = TestRepositories.init(backend);
    backend.failNth(Operation.LIST, 2, new IOException("hiccup"));
    TestRepositories.store(repository, "a", TestRepositories.disk(new byte[5]));
    backend.cutAtSave(backend.saved().size());
    assertCode(repository::writer, FailureCode.BACKEND);
  }

  @Test
  void writerThatWasKilled_leavesItsIndexedPacksForTheNext() {
    FaultyBackend backend = new FaultyBackend(new MemoryBackend());
    Repository repository = TestRepositories.init(backend);
    byte[] disk = TestDisks.random(new Random(2), 70 << 20);
    long indexes = backend.saved().size();
    try (RepositoryWriter writer = repository.writer()) {
      writer.writeDisk(TestRepositories.disk(disk), DiskOptions.DEFAULT, TransferListener.SILENT);
    }
    assertThat(backend.saved().stream().skip(indexes).map(FileHandle::type))
        .as("the index was written on the way")
        .contains(FileType.INDEX);
    Stored resumed = TestRepositories.store(repository, "a", TestRepositories.disk(disk));
    assertThat(resumed.outcome().bytesNew()).isLessThan(disk.length / 2);
  }

  @Test
  void reading_needsNoWrites() {
    FaultyBackend backend = new FaultyBackend(new MemoryBackend());
    Repository repository = TestRepositories.init(backend);
    byte[] disk = "hello".getBytes(StandardCharsets.UTF_8);
    Stored stored = TestRepositories.store(repository, "a", TestRepositories.disk(disk));
    backend.add((operation, handle, number) -> {
      if (operation == Operation.SAVE || operation == Operation.DELETE) {
        throw new PermanentBackendException(
            PermanentBackendException.Reason.READ_ONLY, "read-only", new IOException());
      }
    });
    Repository readOnly = TestRepositories.open(backend);
    Node node = readOnly.reader().find(stored.root(), "/shop/a").orElseThrow();
    assertThat(readOnly.reader().readFile(node)).isEqualTo(disk);
    assertThat(readOnly.check(CheckDepth.DATA, CheckListener.SILENT).sound()).isTrue();
    assertCode(readOnly::writer, FailureCode.READ_ONLY);
  }

  private static void write(RepositoryWriter writer, byte[] disk) {
    writer.writeDisk(TestRepositories.disk(disk), DiskOptions.DEFAULT, TransferListener.SILENT);
    writer.flush();
  }

  private static Repository open(Path path) {
    return TestRepositories.open(new LocalBackend(path));
  }

  private static void assertCode(ThrowingCallable action, FailureCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
