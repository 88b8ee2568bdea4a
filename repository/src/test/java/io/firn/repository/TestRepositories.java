package io.firn.repository;

import io.firn.repository.backend.Backend;
import io.firn.repository.key.KdfCost;
import io.firn.repository.lock.LockTimer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Repositories for tests: a cheap password, no waiting.
public final class TestRepositories {
  public static final String PASSWORD = "correct horse";
  public static final Instant NOW = Instant.parse("2026-11-24T10:11:12.120Z");
  public static final RepositoryOptions OPTIONS =
      RepositoryOptions.DEFAULT
          .withKdfCost(new KdfCost(16, 8, 1))
          .withLockTimer(new NoWaiting())
          .withPackSizeBytes(1 << 20);

  private TestRepositories() {}

  public static Password password() {
    return new Password(PASSWORD.toCharArray());
  }

  public static Repository init(Backend backend) {
    return Repository.init(backend, password(), OPTIONS);
  }

  public static Repository open(Backend backend) {
    return Repository.open(backend, password(), OPTIONS);
  }

  /// Stores one disk as `/shop/<name>` in a snapshot of its own.
  public static Stored store(Repository repository, String name, DiskSource disk) {
    return store(repository, name, disk, DiskOptions.DEFAULT);
  }

  public static Stored store(
      Repository repository, String name, DiskSource disk, DiskOptions options) {
    try (RepositoryWriter writer = repository.writer()) {
      DiskOutcome outcome = writer.writeDisk(disk, options, TransferListener.SILENT);
      TreeId folder = writer.writeTree(List.of(Node.file(name, NOW, outcome.file())));
      TreeId root = writer.writeTree(List.of(Node.folder("shop", NOW, folder)));
      return new Stored(outcome, root, writer.writeSnapshot(snapshot(root)));
    }
  }

  public static Snapshot snapshot(TreeId root) {
    return new Snapshot(
        NOW,
        root,
        List.of("/shop"),
        "cluster",
        "root",
        List.of("point=a", "vm=b"),
        "firn test",
        Optional.empty(),
        Optional.empty());
  }

  /// A disk in memory.
  public static DiskSource disk(byte[] content) {
    return new DiskSource() {
      @Override
      public long sizeBytes() {
        return content.length;
      }

      @Override
      public void read(long offsetBytes, ByteBuffer target) {
        target.put(content, (int) offsetBytes, target.remaining());
      }

      @Override
      public List<ByteRange> dataRanges() {
        return content.length == 0 ? List.of() : List.of(new ByteRange(0, content.length));
      }

      @Override
      public void close() {}
    };
  }

  /// What was stored.
  public record Stored(DiskOutcome outcome, TreeId root, SnapshotId snapshot) {}

  /// A target in memory.
  public static final class MemoryTarget implements DiskTarget {
    private byte[] content = new byte[0];
    private final List<ByteRange> expected = new ArrayList<>();
    private long bytesZeroed;

    @Override
    public void begin(long sizeBytes) {
      content = new byte[Math.toIntExact(sizeBytes)];
    }

    @Override
    public void expect(List<ByteRange> data) {
      expected.addAll(data);
    }

    @Override
    public synchronized void write(long offsetBytes, ByteBuffer source) throws IOException {
      source.get(content, (int) offsetBytes, source.remaining());
    }

    @Override
    public synchronized void zero(long offsetBytes, long lengthBytes) {
      bytesZeroed += lengthBytes;
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}

    public byte[] content() {
      return content.clone();
    }

    /// Where the restore said that it would write.
    public List<ByteRange> expected() {
      return List.copyOf(expected);
    }

    public long bytesZeroed() {
      return bytesZeroed;
    }
  }

  private static final class NoWaiting implements LockTimer {
    @Override
    public void pause(Duration duration) {}

    @Override
    public Running every(Duration period, Runnable action) {
      return () -> {};
    }
  }
}
