package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.lock.LockTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// A repository with many small blobs, the points in it and what they must read back as, and a
/// clock that a test moves.
final class PruneGround {
  static final int BLOCK = 4096;
  static final DiskOptions SMALL_BLOCKS = new DiskOptions(BLOCK, 1);
  static final PruneOptions AT_ONCE =
      PruneOptions.DEFAULT.withGrace(Duration.ZERO).withRepackBelowPercent(100);

  final Map<SnapshotId, byte[]> points = new LinkedHashMap<>();
  final Backend backend;
  Instant now = TestRepositories.NOW;

  PruneGround(Backend backend) {
    this.backend = backend;
    Repository.init(
            backend,
            TestRepositories.password(),
            TestRepositories.OPTIONS.withClock(() -> now).withPackSizeBytes(1 << 16))
        .close();
  }

  private PruneGround(PruneGround other, Backend backend) {
    this.backend = backend;
    this.now = other.now;
    this.points.putAll(other.points);
  }

  /// The same files in another place.
  PruneGround copy() {
    return new PruneGround(this, copyOf(backend));
  }

  static MemoryBackend copyOf(Backend source) {
    MemoryBackend copy = new MemoryBackend();
    try {
      for (FileType type : FileType.values()) {
        for (FileEntry file : source.list(type)) {
          copy.save(file.handle(), ByteBuffer.wrap(source.load(file.handle())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  Repository open() {
    return open(backend);
  }

  /// The repository, with locks that somebody refreshes.
  Repository open(LockTimer timer) {
    return Repository.open(
        backend,
        TestRepositories.password(),
        TestRepositories.OPTIONS
            .withClock(() -> now)
            .withPackSizeBytes(1 << 16)
            .withLockTimer(timer));
  }

  /// The repository through another backend, one with faults, say.
  Repository open(Backend through) {
    return Repository.open(
        through,
        TestRepositories.password(),
        TestRepositories.OPTIONS.withClock(() -> now).withPackSizeBytes(1 << 16));
  }

  SnapshotId store(byte[] disk) {
    return store(open(), disk);
  }

  SnapshotId store(Repository repository, byte[] disk) {
    Stored stored =
        TestRepositories.store(repository, "disk.img", TestRepositories.disk(disk), SMALL_BLOCKS);
    points.put(stored.snapshot(), disk);
    return stored.snapshot();
  }

  /// Two writers that do not see each other's blobs: each is stored twice.
  void storeByTwoAtOnce(byte[] disk) {
    Repository repository = open();
    try (RepositoryWriter one = repository.writer();
        RepositoryWriter two = repository.writer()) {
      for (RepositoryWriter writer : List.of(one, two)) {
        TreeId root = write(writer, disk);
        points.put(writer.writeSnapshot(TestRepositories.snapshot(root)), disk);
      }
    }
  }

  /// A disk and the folders above it, by a writer who has not made a point yet.
  TreeId write(RepositoryWriter writer, byte[] disk) {
    return writeFolders(writer, writeDisk(writer, disk));
  }

  DiskOutcome writeDisk(RepositoryWriter writer, byte[] disk) {
    return writer.writeDisk(TestRepositories.disk(disk), SMALL_BLOCKS, TransferListener.SILENT);
  }

  TreeId writeFolders(RepositoryWriter writer, DiskOutcome outcome) {
    TreeId folder = writer.writeTree(List.of(Node.file("disk.img", now, outcome.file())));
    return writer.writeTree(List.of(Node.folder("shop", now, folder)));
  }

  void forget(SnapshotId snapshot) {
    points.remove(snapshot);
    delete(new FileHandle(FileType.SNAPSHOT, snapshot.toString()));
  }

  void delete(FileHandle handle) {
    try {
      backend.delete(handle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PruneOutcome prune(PruneOptions options) {
    return open().prune(options, PruneListener.SILENT);
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  /// Every point reads back as it was stored, and a check of every byte finds nothing.
  void requireWhole(String when) {
    Repository repository = open();
    assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).damages())
        .as(when)
        .isEmpty();
    RepositoryReader reader = repository.reader();
    List<StoredSnapshot> snapshots = repository.snapshots();
    assertThat(snapshots.stream().map(StoredSnapshot::id).collect(Collectors.toSet()))
        .as(when)
        .isEqualTo(points.keySet());
    for (StoredSnapshot stored : snapshots) {
      Node disk = reader.find(stored.snapshot().tree(), "/shop/disk.img").orElseThrow();
      assertThat(reader.readFile(disk))
          .as(when)
          .isEqualTo(Objects.requireNonNull(points.get(stored.id())));
    }
  }

  Set<String> files(FileType type) {
    return entries(type).stream().map(file -> file.handle().name()).collect(Collectors.toSet());
  }

  long bytes(FileType type) {
    return entries(type).stream().mapToLong(FileEntry::sizeBytes).sum();
  }

  private List<FileEntry> entries(FileType type) {
    try {
      return backend.list(type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] disk(long seed, int blocks) {
    return TestDisks.random(new Random(seed), blocks * BLOCK);
  }

  /// The disk with some of its blocks overwritten.
  static byte[] changed(byte[] disk, long seed, int blocks) {
    Random random = new Random(seed);
    byte[] changed = disk.clone();
    for (int i = 0; i < blocks; i++) {
      byte[] block = TestDisks.random(random, BLOCK);
      System.arraycopy(block, 0, changed, BLOCK * random.nextInt(disk.length / BLOCK), BLOCK);
    }
    return changed;
  }

  /// A writer that is stopped before it has listed what it saved.
  void killWriter(byte[] disk) {
    try (RepositoryWriter writer = open().writer()) {
      writer.writeDisk(TestRepositories.disk(disk), SMALL_BLOCKS, TransferListener.SILENT);
    }
  }
}
