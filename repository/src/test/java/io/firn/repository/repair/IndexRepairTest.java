package io.firn.repository.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.Digest;
import io.firn.repository.DiskOptions;
import io.firn.repository.Node;
import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.StoredFile;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.snapshot.ProtectingBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A repair makes the index right again from the packs, saves what is readable in damaged ones, and
/// may be cut anywhere.
class IndexRepairTest {
  private final MemoryBackend backend = new MemoryBackend();
  private final Random random = new Random(4);
  private final byte[] disk = TestDisks.random(random, 3_000_000);
  private final Repository repository = TestRepositories.init(backend);
  private final Stored stored =
      TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));

  @Test
  void soundRepository_needsNothing_andIsNotWritten() {
    Set<FileHandle> before = all();
    for (IndexRepairOptions options : List.of(defaults(), everything())) {
      IndexRepairOutcome outcome = repair(options);
      assertThat(outcome.plan().nothingToDo()).isTrue();
      assertThat(outcome.plan().keptIndexes()).isEqualTo(1);
    }
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void lostIndex_isMadeAgainFromHeaders() throws IOException {
    byte[] before = backend.load(index().getFirst().handle());
    backend.delete(index().getFirst().handle());
    assertThat(check().sound()).isFalse();
    IndexRepairOutcome outcome = repair(defaults());
    assertThat(outcome.indexesWritten()).isEqualTo(1);
    assertThat(outcome.plan().unlistedPacks()).hasSize(packs().size());
    assertSound();
    assertThat(before).isNotEmpty();
  }

  @Test
  void damagedIndex_isReplaced() throws IOException {
    FileHandle handle = index().getFirst().handle();
    flip(handle, 40);
    assertThat(repair(defaults()).plan().replacedIndexes())
        .containsExactly(Digest.of(handle.name()));
    assertThat(index()).hasSize(1).noneMatch(file -> file.handle().equals(handle));
    assertSound();
  }

  @Test
  void missingPack_leavesTheIndex_andTheNextBackupStoresItsBlobsAgain() throws IOException {
    FileHandle pack = packs().getFirst().handle();
    backend.delete(pack);
    IndexRepairPlan plan = repository.planIndexRepair(defaults(), CheckListener.SILENT);
    assertThat(plan.missingPacks()).containsExactly(PackId.of(pack.name()));
    assertThat(check().damages()).as("a plan changes nothing").isNotEmpty();
    repair(defaults());
    assertThat(check().damages().toString()).doesNotContain("pack " + pack.name());
    assertHealed();
  }

  @Test
  void flippedBlob_isNotNoticedByDefault_andHealsOnceItsPackIsNamed() throws IOException {
    FileHandle pack = largest();
    flip(pack, 1000);
    assertThat(repair(defaults()).plan().nothingToDo()).isTrue();
    IndexRepairOutcome outcome = repair(defaults().withSuspects(Set.of(PackId.of(pack.name()))));
    PackState.Damaged damaged = outcome.plan().damagedPacks().getFirst();
    assertThat(damaged.pack()).isEqualTo(PackId.of(pack.name()));
    assertThat(damaged.lost()).hasSize(1);
    assertThat(damaged.readable()).isNotEmpty();
    assertThat(outcome.bytesStored()).isPositive();
    assertThat(packs()).noneMatch(file -> file.handle().equals(pack));
    assertThat(check().damages()).as("one blob is lost, and nothing else").hasSize(1);
    assertHealed();
  }

  /// Two writers at once have stored each block twice. Both copies of one block are harmed, in two
  /// packs, and only one of these is named: what the other pack claims to hold proves nothing.
  @Test
  void readableBlob_thatAnotherPackHoldsDamaged_isSavedAllTheSame() throws IOException {
    MemoryBackend twice = new MemoryBackend();
    Repository both = TestRepositories.init(twice);
    byte[] content = Arrays.copyOf(disk, 2 << 18);
    try (RepositoryWriter one = both.writer();
        RepositoryWriter two = both.writer()) {
      for (RepositoryWriter writer : List.of(one, two)) {
        StoredFile file =
            writer
                .writeDisk(
                    TestRepositories.disk(content),
                    new DiskOptions(1 << 18, 1),
                    TransferListener.SILENT)
                .file();
        TreeId root = writer.writeTree(List.of(Node.file("a.img", TestRepositories.NOW, file)));
        writer.writeSnapshot(TestRepositories.snapshot(root));
      }
    }
    List<FileHandle> packs =
        twice.list(FileType.PACK).stream()
            .filter(file -> file.sizeBytes() > 1 << 18)
            .map(FileEntry::handle)
            .toList();
    assertThat(packs).hasSize(2);
    harm(twice, packs.getFirst(), 1000);
    harm(twice, packs.getLast(), (1 << 18) + 1000);
    PackId named = PackId.of(packs.getFirst().name());
    both.repairIndex(defaults().withSuspects(Set.of(named)), CheckListener.SILENT);
    TreeId root = both.snapshots().getFirst().snapshot().tree();
    RepositoryReader reader = both.reader();
    assertThat(reader.readFile(reader.find(root, "/a.img").orElseThrow())).isEqualTo(content);
  }

  private static void harm(MemoryBackend backend, FileHandle handle, int at) throws IOException {
    byte[] bytes = backend.load(handle);
    bytes[at] ^= 1;
    backend.delete(handle);
    backend.save(handle, ByteBuffer.wrap(bytes));
  }

  @Test
  void truncatedAndExtendedPacks_giveUpWhatIsReadable() throws IOException {
    FileHandle pack = largest();
    byte[] bytes = backend.load(pack);
    replace(pack, Arrays.copyOf(bytes, bytes.length / 2));
    IndexRepairOutcome cut = repair(defaults());
    assertThat(cut.plan().blobsSaved()).isPositive();
    assertThat(cut.plan().blobsLost()).isPositive();
    assertHealed();
    FileHandle other = largest();
    byte[] whole = backend.load(other);
    replace(other, Arrays.copyOf(whole, whole.length + 7));
    IndexRepairOutcome longer = repair(defaults());
    assertThat(longer.plan().blobsLost()).isZero();
    assertSound();
  }

  @Test
  void packUnderAnothersName_isNotBelieved() throws IOException {
    FileEntry pack = packs().getFirst();
    // Of another size: one of the same size is only found by reading all headers.
    FileEntry other =
        packs().stream()
            .filter(entry -> entry.sizeBytes() != pack.sizeBytes())
            .findFirst()
            .orElseThrow();
    byte[] first = backend.load(pack.handle());
    byte[] second = backend.load(other.handle());
    replace(pack.handle(), second);
    IndexRepairOutcome outcome = repair(defaults());
    assertThat(outcome.plan().damagedPacks())
        .singleElement()
        .satisfies(damaged -> assertThat(damaged.reason()).contains("name"));
    assertThat(first).isNotEqualTo(second);
    assertHealed();
  }

  @Test
  void foreignPack_isLeftAlone() throws IOException {
    backend.save(new FileHandle(FileType.PACK, "e".repeat(64)), ByteBuffer.allocate(5000));
    IndexRepairOutcome outcome = repair(defaults());
    assertThat(outcome.plan().nothingToDo()).isTrue();
    assertThat(outcome.plan().unreadablePacks()).hasSize(1);
    assertThat(packs()).hasSize((int) outcome.plan().packs());
  }

  @Test
  void protectedIndex_isSaid_andNothingIsBegun() throws IOException {
    backend.delete(packs().getFirst().handle());
    ProtectingBackend guarded = new ProtectingBackend(backend);
    guarded.protect(index().getFirst().handle(), Instant.MAX);
    Set<FileHandle> before = all();
    try (Repository other = TestRepositories.open(guarded)) {
      assertThatThrownBy(() -> other.repairIndex(defaults(), CheckListener.SILENT))
          .hasMessageContaining(index().getFirst().handle().name())
          .isInstanceOfSatisfying(
              RepositoryException.class,
              e -> assertThat(e.code()).isEqualTo(RepositoryException.FailureCode.READ_ONLY));
    }
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void lock_isExclusive() {
    try (HeldLock shared = repository.locks().shared()) {
      shared.requireFresh();
      assertThatThrownBy(() -> repair(defaults()))
          .isInstanceOfSatisfying(
              RepositoryException.class,
              e -> assertThat(e.code()).isEqualTo(RepositoryException.FailureCode.LOCKED));
    }
  }

  @Test
  void cutAtAnyOperation_losesNothingMore_andTheNextRunFinishes() throws IOException {
    FileHandle pack = largest();
    flip(pack, 1000);
    FileHandle gone =
        packs().stream()
            .map(FileEntry::handle)
            .filter(h -> !h.equals(pack))
            .findFirst()
            .orElseThrow();
    backend.delete(gone);
    IndexRepairOptions options = defaults().withSuspects(Set.of(PackId.of(pack.name())));
    int cuts = 0;
    boolean done = false;
    while (!done) {
      MemoryBackend copy = copy();
      done = runCutAt(copy, cuts++, options);
      try (Repository again = TestRepositories.open(copy)) {
        again.locks().removeAll();
        again.repairIndex(options, CheckListener.SILENT);
        assertThat(again.planIndexRepair(options, CheckListener.SILENT).nothingToDo()).isTrue();
        TestRepositories.store(again, "a.img", TestRepositories.disk(disk));
        CheckReport report = again.check(CheckDepth.DATA, CheckListener.SILENT);
        assertThat(report.damages()).as("cut at %d", cuts).isEmpty();
      }
    }
    assertThat(cuts).isGreaterThan(6);
  }

  /// Every change of the backend after the nth fails. Returns whether it went through.
  private static boolean runCutAt(MemoryBackend copy, int nth, IndexRepairOptions options) {
    FaultyBackend faulty = new FaultyBackend(copy);
    int[] changes = {0};
    try (Repository cut = TestRepositories.open(faulty)) {
      faulty.add((operation, handle, number) -> {
        boolean change =
            operation == FaultyBackend.Operation.SAVE
                || operation == FaultyBackend.Operation.DELETE;
        if (change && changes[0]++ >= nth) {
          throw new IOException("the cable is cut");
        }
      });
      cut.repairIndex(options, CheckListener.SILENT);
      return true;
    } catch (RepositoryException e) {
      return false;
    }
  }

  private void assertHealed() throws IOException {
    TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
    assertSound();
  }

  private void assertSound() throws IOException {
    CheckReport report = check();
    assertThat(report.damages()).isEmpty();
    assertThat(report.wholeSnapshots()).hasSameSizeAs(report.snapshots());
    RepositoryReader reader = repository.reader();
    assertThat(reader.readFile(reader.find(stored.root(), "/shop/a.img").orElseThrow()))
        .isEqualTo(disk);
  }

  private CheckReport check() {
    return repository.check(CheckDepth.DATA, CheckListener.SILENT);
  }

  private IndexRepairOutcome repair(IndexRepairOptions options) {
    return repository.repairIndex(options, CheckListener.SILENT);
  }

  private static IndexRepairOptions defaults() {
    return IndexRepairOptions.DEFAULT;
  }

  private static IndexRepairOptions everything() {
    return IndexRepairOptions.DEFAULT.withReadAllPacks(true).withReadAllData(true);
  }

  private List<FileEntry> packs() {
    return backend.list(FileType.PACK);
  }

  private List<FileEntry> index() {
    return backend.list(FileType.INDEX);
  }

  private FileHandle largest() {
    return packs().stream()
        .max(java.util.Comparator.comparingLong(FileEntry::sizeBytes))
        .orElseThrow()
        .handle();
  }

  private Set<FileHandle> all() {
    Set<FileHandle> all = new java.util.HashSet<>();
    for (FileType type : FileType.values()) {
      backend.list(type).forEach(file -> all.add(file.handle()));
    }
    return all;
  }

  private MemoryBackend copy() throws IOException {
    MemoryBackend copy = new MemoryBackend();
    for (FileHandle handle : all()) {
      copy.save(handle, ByteBuffer.wrap(backend.load(handle)));
    }
    return copy;
  }

  private void flip(FileHandle handle, int at) throws IOException {
    byte[] bytes = backend.load(handle);
    bytes[at] ^= 1;
    replace(handle, bytes);
  }

  private void replace(FileHandle handle, byte[] content) throws IOException {
    backend.delete(handle);
    backend.save(handle, ByteBuffer.wrap(content));
  }
}
