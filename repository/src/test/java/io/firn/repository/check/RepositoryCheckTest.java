package io.firn.repository.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.Node;
import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.MemoryTarget;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is flipped, cut or taken away in a repository is found, named, and never handed over.
class RepositoryCheckTest {
  private final MemoryBackend backend = new MemoryBackend();
  private final Random random = new Random(77);
  private byte[] disk = new byte[0];
  private Stored stored = store();

  /// The kinds of damage.
  enum Harm {
    BIT_FLIPPED,
    TRUNCATED,
    MISSING
  }

  private Stored store() {
    Repository repository = TestRepositories.init(backend);
    disk = TestDisks.random(random, 5_000_000);
    return TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
  }

  @BeforeEach
  void isSoundAtFirst() {
    for (CheckDepth depth : CheckDepth.values()) {
      CheckReport report = check(depth);
      assertThat(report.sound()).isTrue();
      assertThat(report.hints()).isEmpty();
      assertThat(report.snapshots()).hasSize(1);
      assertThat(report.packs()).isEqualTo(files(FileType.PACK).size());
    }
    assertThat(check(CheckDepth.DATA).bytesRead()).isGreaterThan(disk.length);
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void pack_harmed_isNamedWithItsFile_andRestoreRefuses(Harm harm) throws IOException {
    for (FileEntry pack : files(FileType.PACK)) {
      byte[] before = harm(pack.handle(), harm);
      CheckReport report = check(CheckDepth.DATA);
      assertThat(report.damages().stream().map(Damage::object))
          .contains(new DamagedObject.DamagedPack(PackId.of(pack.handle().name())));
      boolean lost = report.damages().stream().anyMatch(damage -> !damage.blobs().isEmpty());
      if (lost) {
        assertThat(report.hurtFiles()).allMatch(f -> f.snapshot().equals(stored.snapshot()));
        assertThat(report.hurtFiles()).isNotEmpty();
        assertRefused();
      } else {
        assertThat(restored()).isEqualTo(disk);
      }
      repair(pack.handle(), before);
    }
    assertThat(check(CheckDepth.DATA).sound()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"TRUNCATED", "MISSING"})
  void pack_cutOrGone_isFoundWithoutReadingIt(Harm harm) throws IOException {
    harm(files(FileType.PACK).getFirst().handle(), harm);
    assertThat(check(CheckDepth.STRUCTURE).damages()).isNotEmpty();
  }

  @Test
  void packHeader_flipped_isFoundAtTheDepthOfHeaders() throws IOException {
    FileHandle pack = files(FileType.PACK).getFirst().handle();
    byte[] bytes = backend.load(pack);
    bytes[bytes.length - 10] ^= 1;
    repair(pack, bytes);
    assertThat(check(CheckDepth.STRUCTURE).sound()).isTrue();
    CheckReport report = check(CheckDepth.HEADERS);
    assertThat(report.damages()).hasSize(1);
    assertThat(report.damages().getFirst().object())
        .isEqualTo(new DamagedObject.DamagedPack(PackId.of(pack.name())));
    assertThat(report.damages().getFirst().reason()).contains("header");
    assertThat(restored()).as("no blob is hurt").isEqualTo(disk);
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void index_harmed_isNamed_andRestoreRefuses(Harm harm) throws IOException {
    FileHandle index = files(FileType.INDEX).getFirst().handle();
    harm(index, harm);
    CheckReport report = check(CheckDepth.STRUCTURE);
    assertThat(report.sound()).isFalse();
    assertThat(report.hurtFiles()).contains(new HurtFile(stored.snapshot(), "/"));
    if (harm != Harm.MISSING) {
      assertThat(report.damages().toString()).contains(index.name());
    }
    assertRefused();
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"BIT_FLIPPED", "TRUNCATED"})
  void snapshot_harmed_isNamed(Harm harm) throws IOException {
    harm(files(FileType.SNAPSHOT).getFirst().handle(), harm);
    CheckReport report = check(CheckDepth.STRUCTURE);
    assertThat(report.damages().getFirst().object())
        .isEqualTo(new DamagedObject.DamagedSnapshot(stored.snapshot()));
    assertThat(report.hurtFiles()).containsExactly(new HurtFile(stored.snapshot(), "/"));
    assertCorrupt(() -> open().snapshots(), stored.snapshot().toString());
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void config_harmed_isNamed(Harm harm) throws IOException {
    harm(FileHandle.CONFIG, harm);
    assertCorrupt(this::open, "config");
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"BIT_FLIPPED", "TRUNCATED"})
  void key_harmed_isNamed(Harm harm) throws IOException {
    FileHandle key = files(FileType.KEY).getFirst().handle();
    Repository opened = open();
    harm(key, harm);
    assertCorrupt(this::open, key.name());
    assertThat(opened.check(CheckDepth.STRUCTURE, CheckListener.SILENT).damages().toString())
        .contains(key.name());
  }

  @Test
  void orphanPack_isAHint() throws IOException {
    FileHandle index = files(FileType.INDEX).getFirst().handle();
    Repository repository = open();
    for (FileEntry snapshot : files(FileType.SNAPSHOT)) {
      backend.delete(snapshot.handle());
    }
    backend.delete(index);
    CheckReport report = repository.check(CheckDepth.DATA, CheckListener.SILENT);
    assertThat(report.sound()).isTrue();
    assertThat(report.hints()).singleElement().asString().contains("are in no index");
    assertThat(report.packsRead()).isEqualTo(files(FileType.PACK).size());
  }

  @Test
  void foreignPack_inNoIndex_isNamedOnceHeadersAreRead_andHurtsNobody() throws IOException {
    backend.save(new FileHandle(FileType.PACK, "f".repeat(64)), ByteBuffer.allocate(100));
    assertThat(check(CheckDepth.STRUCTURE).hints())
        .singleElement()
        .asString()
        .contains("1 packs with 100 bytes", "f".repeat(64));
    CheckReport report = check(CheckDepth.HEADERS);
    assertThat(report.damages()).hasSize(1);
    assertThat(report.damages().getFirst().object())
        .isEqualTo(new DamagedObject.DamagedPack(PackId.of("f".repeat(64))));
    assertThat(report.hurtFiles()).isEmpty();
    assertThat(report.wholeSnapshots()).hasSize(1);
  }

  @Test
  void dataOfASubset_isFoundInThosePacksOnly() throws IOException {
    // Packs of trees are small, and are read at any depth.
    for (FileEntry pack :
        files(FileType.PACK).stream().filter(f -> f.sizeBytes() > 100_000).toList()) {
      byte[] before = backend.load(pack.handle());
      byte[] bytes = before.clone();
      bytes[100] ^= 1;
      repair(pack.handle(), bytes);
      int first = Integer.parseInt(pack.handle().name().substring(0, 2), 16);
      assertThat(group(first % 3 + 1, 3).sound()).isFalse();
      assertThat(group((first + 1) % 3 + 1, 3).sound()).isTrue();
      repair(pack.handle(), before);
    }
  }

  private CheckReport group(int number, int of) {
    CheckOptions options =
        CheckOptions.of(CheckDepth.DATA).withSubset(new DataSubset.Group(number, of), 0);
    return open().check(options, CheckListener.SILENT);
  }

  @Test
  void damagedBlob_hurtsOnlyTheFilesThatNeedIt() throws IOException {
    Repository repository = open();
    byte[] other = TestDisks.random(random, 2_000_000);
    int packs = files(FileType.PACK).size();
    Stored second = TestRepositories.store(repository, "b.img", TestRepositories.disk(other));
    assertThat(files(FileType.PACK)).hasSizeGreaterThan(packs);
    Node node = repository.reader().find(second.root(), "/shop/b.img").orElseThrow();
    String firstBlob = node.content().orElseThrow().get(0).toString();
    for (FileEntry pack : files(FileType.PACK)) {
      byte[] before = harm(pack.handle(), Harm.MISSING);
      CheckReport report = check(CheckDepth.STRUCTURE);
      if (report.damages().toString().contains(firstBlob)) {
        assertThat(report.hurtFiles())
            .containsExactly(new HurtFile(second.snapshot(), "/shop/b.img"));
      }
      repair(pack.handle(), before);
    }
  }

  private byte[] harm(FileHandle handle, Harm harm) throws IOException {
    byte[] before = backend.load(handle);
    backend.delete(handle);
    switch (harm) {
      case BIT_FLIPPED -> {
        byte[] flipped = before.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        backend.save(handle, ByteBuffer.wrap(flipped));
      }
      case TRUNCATED ->
          backend.save(
              handle, ByteBuffer.wrap(Arrays.copyOf(before, random.nextInt(before.length))));
      case MISSING -> {}
    }
    return before;
  }

  private void repair(FileHandle handle, byte[] content) throws IOException {
    backend.delete(handle);
    backend.save(handle, ByteBuffer.wrap(content));
  }

  private void assertRefused() {
    assertThatThrownBy(this::restored)
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.CORRUPT);
              assertThat(e.context().keySet()).containsAnyOf("blob", "file");
            });
  }

  private byte[] restored() {
    RepositoryReader reader = open().reader();
    Node node = reader.find(stored.root(), "/shop/a.img").orElseThrow();
    MemoryTarget target = new MemoryTarget();
    reader.restoreDisk(node, target, stored.outcome().blockSizeBytes(), 2, TransferListener.SILENT);
    return target.content();
  }

  private static void assertCorrupt(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String named) {
    assertThatThrownBy(action)
        .hasMessageContaining(named)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT));
  }

  private CheckReport check(CheckDepth depth) {
    return open().check(depth, CheckListener.SILENT);
  }

  private Repository open() {
    return TestRepositories.open(backend);
  }

  private List<FileEntry> files(FileType type) {
    return backend.list(type);
  }
}
