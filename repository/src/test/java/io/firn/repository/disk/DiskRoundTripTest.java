package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.ByteRange;
import io.firn.repository.Digest;
import io.firn.repository.DiskOptions;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RestoreOutcome;
import io.firn.repository.StoredDisk;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.MemoryTarget;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiskRoundTripTest {
  private final Repository repository = TestRepositories.init(new MemoryBackend());

  /// A disk of odd size and pieces, cut into blocks of some size by some workers.
  record Case(long seed, int sizeBytes, int blockBytes, int workers) {}

  static Stream<Case> cases() {
    Random random = new Random(42);
    Stream<Case> edges =
        Stream.of(0, 1, 4095, 4096, 4097, 65536, 3 << 20, (3 << 20) + 1)
            .map(size -> new Case(size, size, 4096, 2));
    Stream<Case> drawn =
        IntStream.range(0, 40)
            .mapToObj(i ->
                new Case(
                    i, random.nextInt(6 << 20), 4096 << random.nextInt(10), 1 + random.nextInt(4)));
    return Stream.concat(edges, drawn);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void disk_storedAndRestored_isTheSame(Case given) {
    byte[] disk = image(given);
    Stored stored =
        TestRepositories.store(
            repository,
            "disk.img",
            TestRepositories.disk(disk),
            new DiskOptions(given.blockBytes(), given.workers()));
    Digest expected = blockDigest(disk, given.blockBytes());
    assertThat(stored.outcome().digest()).isEqualTo(expected);
    assertThat(stored.outcome().bytesZero()).isLessThanOrEqualTo(disk.length);

    RepositoryReader reader = repository.reader();
    Node node = reader.find(stored.root(), "/shop/disk.img").orElseThrow();
    for (int digestBlock : new int[] {given.blockBytes(), 4096, 1 << 20}) {
      MemoryTarget target = new MemoryTarget();
      RestoreOutcome outcome =
          reader.restoreDisk(node, target, digestBlock, 3, TransferListener.SILENT);
      assertThat(target.content()).isEqualTo(disk);
      assertThat(outcome.digest()).isEqualTo(blockDigest(disk, digestBlock));
      assertThat(outcome.bytesWritten() + outcome.bytesZero()).isEqualTo(disk.length);
      assertExpected(target, disk, outcome.bytesWritten());
    }
    readsAnywhere(reader.disk(node), disk, new Random(given.seed()));
  }

  /// What the target was told beforehand is where data is, in order; all else is zeros.
  private static void assertExpected(MemoryTarget target, byte[] disk, long bytesWritten) {
    byte[] rest = disk.clone();
    long end = -1;
    for (ByteRange range : target.expected()) {
      assertThat(range.offsetBytes()).isGreaterThan(end);
      end = range.endBytes();
      Arrays.fill(rest, (int) range.offsetBytes(), (int) end, (byte) 0);
    }
    assertThat(rest).isEqualTo(new byte[disk.length]);
    assertThat(target.expected().stream().mapToLong(ByteRange::lengthBytes).sum())
        .isEqualTo(bytesWritten);
  }

  private static void readsAnywhere(StoredDisk stored, byte[] disk, Random random) {
    assertThat(stored.sizeBytes()).isEqualTo(disk.length);
    for (int i = 0; i < 20; i++) {
      int from = random.nextInt(disk.length + 1);
      int length = random.nextInt(Math.min(disk.length - from, 300_000) + 1);
      byte[] found = new byte[length];
      stored.read(from, ByteBuffer.wrap(found));
      assertThat(found).isEqualTo(Arrays.copyOfRange(disk, from, from + length));
    }
    assertThatThrownBy(() -> stored.read(disk.length, ByteBuffer.allocate(1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void disk_storedAgain_addsNothing() {
    byte[] disk = TestDisks.random(new Random(1), 3_000_000);
    Stored first = TestRepositories.store(repository, "a", TestRepositories.disk(disk));
    Stored second = TestRepositories.store(repository, "a", TestRepositories.disk(disk));
    assertThat(first.outcome().bytesNew()).isEqualTo(disk.length);
    assertThat(second.outcome().bytesNew()).isZero();
    assertThat(second.outcome().bytesStored()).isZero();
    assertThat(second.root()).isEqualTo(first.root());
  }

  @Test
  void disk_oneByteChanged_addsOneBlock() {
    byte[] disk = TestDisks.random(new Random(1), 3_000_000);
    TestRepositories.store(repository, "a", TestRepositories.disk(disk));
    disk[1_500_000]++;
    Stored changed = TestRepositories.store(repository, "a", TestRepositories.disk(disk));
    assertThat(changed.outcome().bytesNew()).isEqualTo(changed.outcome().blockSizeBytes());
  }

  @Test
  void disk_ofZeros_bringsNoNewData() {
    Stored stored =
        TestRepositories.store(
            repository, "a", TestRepositories.disk(new byte[1 << 20]), new DiskOptions(4096, 2));
    assertThat(stored.outcome().bytesNew()).isZero();
    assertThat(stored.outcome().bytesStored()).isPositive();
  }

  @Test
  void disk_ofEqualBlocks_storesOneWhateverTheWorkers() {
    byte[] block = TestDisks.random(new Random(3), 4096);
    byte[] disk = new byte[4096 * 500];
    for (int i = 0; i < 500; i++) {
      System.arraycopy(block, 0, disk, i * 4096, 4096);
    }
    Stored stored =
        TestRepositories.store(
            repository, "a", TestRepositories.disk(disk), new DiskOptions(4096, 8));
    assertThat(stored.outcome().bytesNew()).isEqualTo(4096);
    assertThat(
            repository
                .check(
                    io.firn.repository.check.CheckDepth.DATA,
                    io.firn.repository.check.CheckListener.SILENT)
                .blobs())
        .isEqualTo(3);
  }

  @Test
  void zeros_areNeverFetched_andPassedOnAsZeros() {
    byte[] disk = new byte[40 << 20];
    disk[(20 << 20) + 5] = 1;
    Stored stored = TestRepositories.store(repository, "a", TestRepositories.disk(disk));
    RepositoryReader reader = repository.reader();
    Node node = reader.find(stored.root(), "/shop/a").orElseThrow();
    MemoryTarget target = new MemoryTarget();
    reader.restoreDisk(node, target, stored.outcome().blockSizeBytes(), 2, TransferListener.SILENT);
    assertThat(target.content()).isEqualTo(disk);
    assertThat(target.bytesZeroed()).isEqualTo(disk.length - stored.outcome().blockSizeBytes());
    assertThat(node.content().orElseThrow().size()).isLessThan(20);
  }

  /// The definition, without any of our code: SHA-256 over the SHA-256 of each block.
  private static Digest blockDigest(byte[] disk, int blockBytes) {
    Sha256 sha = new Sha256();
    byte[] hashes = new byte[32 * Math.ceilDiv(disk.length, blockBytes)];
    for (int at = 0, i = 0; at < disk.length; at += blockBytes, i++) {
      sha.digest(disk, at, Math.min(blockBytes, disk.length - at)).copyTo(hashes, 32 * i);
    }
    return Sha256.of(hashes);
  }

  private static byte[] image(Case given) {
    Random random = new Random(given.seed());
    byte[] disk = new byte[given.sizeBytes()];
    int at = 0;
    while (at < disk.length) {
      int length = Math.min(disk.length - at, 1 + random.nextInt(1 << random.nextInt(4, 22)));
      if (random.nextBoolean()) {
        System.arraycopy(TestDisks.random(random, length), 0, disk, at, length);
      }
      at += length;
    }
    return disk;
  }
}
