package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.ByteRange;
import io.firn.repository.ChangedRanges;
import io.firn.repository.ChangesOutcome;
import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.ParentDisk;
import io.firn.repository.Repository;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.MemoryTarget;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedRangesTest {
  private static final int BLOCK = 4096;
  private static final int UNIT = 512;
  private static final DiskOptions OPTIONS = new DiskOptions(BLOCK, 2);

  private final MemoryBackend backend = new MemoryBackend();
  private final Repository repository = TestRepositories.init(backend);

  /// A disk of 1,000 blocks, every tenth of zeros, the last one shorter.
  private static byte[] disk(long seed) {
    byte[] disk = TestDisks.random(new Random(seed), 1000 * BLOCK - 777);
    for (int block = 0; block < 1000; block += 10) {
      java.util.Arrays.fill(disk, block * BLOCK, (block + 1) * BLOCK, (byte) 0);
    }
    return disk;
  }

  /// Writes `count` pieces of a few bytes; returns where.
  private static List<ByteRange> change(byte[] disk, int count, Random random) {
    List<ByteRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(disk.length);
      int length = Math.min(1 + random.nextInt(2 * BLOCK), disk.length - at);
      byte[] piece = TestDisks.random(random, length);
      System.arraycopy(piece, 0, disk, at, length);
      ranges.add(new ByteRange(at, length));
    }
    return ranges;
  }

  private Optional<ParentDisk> parentOf(Stored stored) {
    Node node = repository.reader().find(stored.root(), "/shop/a").orElseThrow();
    return Optional.of(ParentDisk.of(node, "vol-1"));
  }

  private Stored store(byte[] disk) {
    return TestRepositories.store(repository, "a", TestRepositories.disk(disk), OPTIONS);
  }

  private Stored store(byte[] disk, ChangedRanges changed) {
    return TestRepositories.store(
        repository, "a", TestRepositories.disk(disk), OPTIONS.with(changed));
  }

  /// Whatever became of the ranges, what is stored is the disk.
  private DiskOutcome requireRight(byte[] disk, Stored stored) {
    Node node = repository.reader().find(stored.root(), "/shop/a").orElseThrow();
    MemoryTarget target = new MemoryTarget();
    repository.reader().restoreDisk(node, target, BLOCK, 2, TransferListener.SILENT);
    assertThat(target.content()).isEqualTo(disk);
    assertThat(stored.outcome().digest()).isEqualTo(store(disk).outcome().digest());
    return stored.outcome();
  }

  private static ChangedRanges changed(
      Optional<ParentDisk> parent, List<ByteRange> ranges, long seed) {
    return new ChangedRanges(parent, "vol-1", ranges, UNIT, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ranges_honest_areFollowed_andLittleIsRead(long seed) {
    byte[] disk = disk(seed);
    Optional<ParentDisk> parent = parentOf(store(disk));
    List<ByteRange> ranges = change(disk, 20, new Random(seed));

    DiskOutcome outcome = requireRight(disk, store(disk, changed(parent, ranges, seed)));

    assertThat(outcome.changes()).isInstanceOf(ChangesOutcome.Followed.class);
    long touched = (long) BlockCursor.touched(ranges, BLOCK).cardinality() * BLOCK;
    assertThat(outcome.bytesRead()).isBetween(touched - BLOCK, touched + 25 * BLOCK);
    assertThat(outcome.bytesNew()).isLessThanOrEqualTo(touched);
    assertThat(outcome.bytesZero()).isBetween(80L * BLOCK, 101L * BLOCK);
  }

  @Test
  void ranges_none_keepEverything() {
    byte[] disk = disk(1);
    Stored first = store(disk);
    DiskOutcome outcome = requireRight(disk, store(disk, changed(parentOf(first), List.of(), 1)));
    assertThat(outcome.changes()).isEqualTo(new ChangesOutcome.Followed(1000, 20));
    assertThat(outcome.file()).isEqualTo(first.outcome().file());
    assertThat(outcome.bytesRead()).isLessThanOrEqualTo(20 * BLOCK);
  }

  /// A tenth of the disk has changed and nobody said so: 20 blocks read again miss it once in eight
  /// times. Where they do not, all is read.
  @Test
  void ranges_lying_areFoundOutByMostSeeds_andThenTheResultIsRight() {
    byte[] disk = disk(1);
    Optional<ParentDisk> parent = parentOf(store(disk));
    for (int block = 1; block < 1000; block += 10) {
      disk[block * BLOCK] ^= 1;
    }
    int caught = 0;
    for (long seed = 0; seed < 40; seed++) {
      Stored stored = store(disk, changed(parent, List.of(), seed));
      switch (stored.outcome().changes()) {
        case ChangesOutcome.Disproved(long offset) -> {
          caught++;
          assertThat(offset / BLOCK % 10).isEqualTo(1);
          requireRight(disk, stored);
        }
        case ChangesOutcome.Followed _ -> {}
        case ChangesOutcome.NotGiven _, ChangesOutcome.Refused _ ->
            throw new AssertionError(stored.outcome().changes());
      }
    }
    assertThat(caught).isBetween(28, 39);
  }

  @Test
  void ranges_thatForgetADiscard_areFoundOutWithoutReading() {
    byte[] disk = disk(1);
    Optional<ParentDisk> parent = parentOf(store(disk));
    java.util.Arrays.fill(disk, 7 * BLOCK, 8 * BLOCK, (byte) 0);
    var holed =
        new Holed(
            TestRepositories.disk(disk),
            List.of(
                new ByteRange(0, 7 * BLOCK), new ByteRange(8 * BLOCK, disk.length - 8 * BLOCK)));
    Stored stored =
        TestRepositories.store(repository, "a", holed, OPTIONS.with(changed(parent, List.of(), 1)));
    assertThat(requireRight(disk, stored).changes())
        .isEqualTo(new ChangesOutcome.Disproved(7 * BLOCK));
  }

  @Test
  void ranges_beyondTheEnd_areCutOrRefused() {
    byte[] disk = disk(1);
    Optional<ParentDisk> parent = parentOf(store(disk));
    disk[disk.length - 1] ^= 1;
    // Books are kept in units: the last one overhangs a disk of odd size.
    long unitEnd = Math.ceilDiv(disk.length, (long) UNIT) * UNIT;
    ByteRange last = new ByteRange(unitEnd - UNIT, UNIT);
    DiskOutcome followed = requireRight(disk, store(disk, changed(parent, List.of(last), 1)));
    assertThat(followed.changes()).isInstanceOf(ChangesOutcome.Followed.class);

    ByteRange beyond = new ByteRange(unitEnd - UNIT, 2 * UNIT);
    DiskOutcome refused = requireRight(disk, store(disk, changed(parent, List.of(beyond), 1)));
    assertThat(refused.changes())
        .isEqualTo(
            new ChangesOutcome.Refused(
                "a range ends at %d, the disk at %d".formatted(unitEnd + UNIT, disk.length)));
    assertThat(refused.bytesRead()).isEqualTo(disk.length);
  }

  @Test
  void parent_goneOrOfAnotherSizeOrVolume_isRefused() {
    byte[] disk = disk(1);
    Optional<ParentDisk> parent = parentOf(store(disk));
    byte[] longer = java.util.Arrays.copyOf(disk, disk.length + 1);
    ChangedRanges otherVolume = new ChangedRanges(parent, "vol-2", List.of(), UNIT, 1);

    assertThat(requireRight(disk, store(disk, changed(Optional.empty(), List.of(), 1))).changes())
        .isEqualTo(new ChangesOutcome.Refused("the parent is not in the repository"));
    assertThat(requireRight(longer, store(longer, changed(parent, List.of(), 1))).changes())
        .isInstanceOf(ChangesOutcome.Refused.class);
    assertThat(requireRight(disk, store(disk, otherVolume)).changes())
        .isEqualTo(new ChangesOutcome.Refused("the parent is volume 'vol-1', the disk 'vol-2'"));
  }

  @Test
  void parent_cutIntoOtherBlocks_isRefused() {
    byte[] disk = disk(1);
    Stored other =
        TestRepositories.store(
            repository, "a", TestRepositories.disk(disk), new DiskOptions(2 * BLOCK, 2));
    DiskOutcome outcome = requireRight(disk, store(disk, changed(parentOf(other), List.of(), 1)));
    assertThat(outcome.changes())
        .isEqualTo(new ChangesOutcome.Refused("the parent is cut into other blocks than 4096"));
  }

  /// Packs of the parent were removed, and the index knows: those blocks are read, the rest kept.
  @Test
  void parent_prunedInPart_isReadWhereItIsGone() throws IOException {
    byte[] disk = disk(1);
    Stored first = store(disk);
    Optional<ParentDisk> parent = parentOf(first);
    byte[] half = java.util.Arrays.copyOf(disk, disk.length / 2);
    for (FileType type : List.of(FileType.INDEX, FileType.PACK, FileType.SNAPSHOT)) {
      for (FileEntry file : backend.list(type)) {
        backend.delete(file.handle());
      }
    }
    store(half);

    DiskOutcome outcome = requireRight(disk, store(disk, changed(parent, List.of(), 1)));

    assertThat(outcome.changes()).isInstanceOf(ChangesOutcome.Followed.class);
    assertThat(outcome.bytesRead()).isBetween(disk.length * 4L / 10, disk.length * 6L / 10);
    assertThat(outcome.file().content()).isEqualTo(parent.orElseThrow().content());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK, BLOCK + 1, 40 * BLOCK})
  void disk_ofAnySize_mayComeWithRanges(int size) {
    byte[] disk = new byte[size];
    Optional<ParentDisk> parent = parentOf(store(disk));
    List<ByteRange> ranges = size == 0 ? List.of() : change(disk, 1, new Random(size));
    assertThat(requireRight(disk, store(disk, changed(parent, ranges, 1))).changes())
        .isInstanceOf(ChangesOutcome.Followed.class);
  }

  /// Larger blocks than restic's sparse trigger: the first zero block is several blobs.
  @Test
  void disk_ofLargeBlocksWithZeros_isFollowed() {
    byte[] disk = new byte[8 << 20];
    disk[5 << 20] = 1;
    DiskOptions large = new DiskOptions(2 << 20, 2);
    Stored first = TestRepositories.store(repository, "a", TestRepositories.disk(disk), large);
    disk[0] = 1;
    ChangedRanges changed = changed(parentOf(first), List.of(new ByteRange(0, UNIT)), 1);
    Stored second =
        TestRepositories.store(repository, "a", TestRepositories.disk(disk), large.with(changed));
    assertThat(second.outcome().changes()).isEqualTo(new ChangesOutcome.Followed(3, 3));
    assertThat(second.outcome().digest())
        .isEqualTo(
            TestRepositories.store(repository, "a", TestRepositories.disk(disk), large)
                .outcome()
                .digest());
  }

  /// A disk that tells of holes.
  private record Holed(io.firn.repository.DiskSource disk, List<ByteRange> dataRanges)
      implements io.firn.repository.DiskSource {
    @Override
    public long sizeBytes() {
      return disk.sizeBytes();
    }

    @Override
    public void read(long offsetBytes, java.nio.ByteBuffer target) throws IOException {
      disk.read(offsetBytes, target);
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }
}
