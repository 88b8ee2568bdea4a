package io.firn.repository.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.RestoreOutcome;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.MemoryTarget;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.check.DamagedObject;
import io.firn.repository.repair.IndexRepairOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two writers at once store each blob twice. One copy may come to harm: all is read from the other
/// one, and the harm is told.
class SecondCopyTest {
  private static final DiskOptions BLOCKS = new DiskOptions(4096, 1);

  private final MemoryBackend backend = new MemoryBackend();
  private final byte[] disk = TestDisks.random(new Random(35), 80 * 4096);

  /// What happens to a pack.
  enum Harm {
    FLIPPED,
    CUT,
    MISSING
  }

  @BeforeEach
  void storeTwice() {
    Repository repository =
        Repository.init(
            backend,
            TestRepositories.password(),
            TestRepositories.OPTIONS.withPackSizeBytes(1 << 16));
    try (RepositoryWriter one = repository.writer();
        RepositoryWriter two = repository.writer()) {
      for (RepositoryWriter writer : List.of(one, two)) {
        DiskOutcome outcome =
            writer.writeDisk(TestRepositories.disk(disk), BLOCKS, TransferListener.SILENT);
        TreeId root =
            writer.writeTree(List.of(Node.file("disk", TestRepositories.NOW, outcome.file())));
        writer.writeSnapshot(TestRepositories.snapshot(root));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void restore_oneCopyHarmed_readsTheOther_andNamesThePack(Harm harm) throws IOException {
    Set<PackId> told = new HashSet<>();
    for (FileHandle pack : packs()) {
      byte[] before = harm(pack, harm);
      MemoryTarget target = new MemoryTarget();
      RestoreOutcome outcome = restore(target);
      assertThat(target.content()).isEqualTo(disk);
      assertThat(outcome.damagedPacks()).isSubsetOf(PackId.of(pack.name()));
      assertThat(read()).as("at any offset").isEqualTo(disk);
      told.addAll(outcome.damagedPacks());
      put(pack, before);
    }
    assertThat(told).as("of each blob one copy is the one in use").hasSizeGreaterThan(4);
    assertThat(restore(new MemoryTarget()).damagedPacks()).isEmpty();
  }

  @Test
  void check_oneCopyHarmed_namesThePack_andSaysThatNoPointIsHurt() throws IOException {
    FileHandle pack = packs().getFirst();
    harm(pack, Harm.FLIPPED);
    CheckReport report = check();
    assertThat(report.damages())
        .isNotEmpty()
        .allSatisfy(damage ->
            assertThat(damage.object())
                .isEqualTo(new DamagedObject.DamagedPack(PackId.of(pack.name()))));
    assertThat(report.hurtFiles()).isEmpty();
    assertThat(report.wholeSnapshots()).hasSize(2);
  }

  @Test
  void restore_bothCopiesHarmed_isRefused_andTheCheckSaysWhoIsHurt() throws IOException {
    for (FileHandle pack : packs()) {
      harm(pack, Harm.FLIPPED);
    }
    assertThatThrownBy(() -> restore(new MemoryTarget()))
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT));
    assertThat(check().hurtFiles()).hasSize(2);
  }

  @Test
  void repair_ofTheHarmedCopy_leavesTheOther() throws IOException {
    Set<PackId> harmed = new HashSet<>();
    for (FileHandle pack : packs()) {
      byte[] before = harm(pack, Harm.FLIPPED);
      if (restore(new MemoryTarget()).damagedPacks().isEmpty()) {
        put(pack, before);
      } else {
        harmed.add(PackId.of(pack.name()));
        break;
      }
    }
    assertThat(harmed).hasSize(1);
    open().repairIndex(IndexRepairOptions.DEFAULT.withSuspects(harmed), CheckListener.SILENT);
    assertThat(check().damages()).isEmpty();
    MemoryTarget target = new MemoryTarget();
    assertThat(restore(target).damagedPacks()).isEmpty();
    assertThat(target.content()).isEqualTo(disk);
  }

  private RestoreOutcome restore(MemoryTarget target) {
    RepositoryReader reader = open().reader();
    return reader.restoreDisk(node(reader), target, 4096, 2, TransferListener.SILENT);
  }

  private byte[] read() {
    RepositoryReader reader = open().reader();
    return reader.readFile(node(reader));
  }

  private Node node(RepositoryReader reader) {
    TreeId root = open().snapshots().getFirst().snapshot().tree();
    return reader.find(root, "/disk").orElseThrow();
  }

  private CheckReport check() {
    return open().check(CheckDepth.DATA, CheckListener.SILENT);
  }

  private Repository open() {
    return TestRepositories.open(backend);
  }

  private List<FileHandle> packs() {
    return backend.list(FileType.PACK).stream().map(FileEntry::handle).toList();
  }

  /// Every blob of the pack is hurt. Returns what it was before.
  private byte[] harm(FileHandle pack, Harm harm) throws IOException {
    byte[] before = backend.load(pack);
    switch (harm) {
      case FLIPPED -> {
        byte[] bytes = before.clone();
        for (int at = 40; at < bytes.length; at += 100) {
          bytes[at] ^= 4;
        }
        put(pack, bytes);
      }
      case CUT -> put(pack, Arrays.copyOf(before, 10));
      case MISSING -> backend.delete(pack);
    }
    return before;
  }

  private void put(FileHandle pack, byte[] bytes) throws IOException {
    backend.delete(pack);
    backend.save(pack, ByteBuffer.wrap(bytes));
  }
}
