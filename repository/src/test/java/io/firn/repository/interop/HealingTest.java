package io.firn.repository.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.check.CheckedSnapshot;
import io.firn.repository.check.Damage;
import io.firn.repository.check.DamagedObject;
import io.firn.repository.repair.IndexRepairOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage, told, repaired, and healed by the next backup: to stock restic's satisfaction.
class HealingTest {
  @TempDir Path folder;

  @BeforeEach
  void requireRestic() {
    Restic.require();
  }

  @Test
  void flippedPacks_areTold_repaired_andHealedByTheNextBackup() throws IOException {
    Path where = folder.resolve("repo");
    byte[] disk = TestDisks.random(new Random(8), 6_000_000);
    byte[] other = TestDisks.random(new Random(9), 500_000);
    try (Repository repository = TestRepositories.init(new LocalBackend(where))) {
      Stored first = TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
      Stored spared = TestRepositories.store(repository, "b.img", TestRepositories.disk(other));
      Stored third = TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
      Set<PackId> harmed = flipLargest(where, 2);

      CheckReport told = repository.check(CheckDepth.DATA, CheckListener.SILENT);
      assertThat(told.damages().stream().map(Damage::object))
          .containsExactlyInAnyOrderElementsOf(
              harmed.stream().map(DamagedObject.DamagedPack::new).toList());
      assertThat(told.wholeSnapshots().stream().map(CheckedSnapshot::id))
          .containsExactly(spared.snapshot());

      repository.repairIndex(IndexRepairOptions.DEFAULT.withSuspects(harmed), CheckListener.SILENT);
      assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).damages())
          .as("what is lost is lost until somebody brings it again")
          .isNotEmpty();

      TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
      CheckReport healed = repository.check(CheckDepth.DATA, CheckListener.SILENT);
      assertThat(healed.damages()).isEmpty();
      assertThat(healed.wholeSnapshots()).hasSizeGreaterThanOrEqualTo(3);
      RepositoryReader reader = repository.reader();
      for (Stored point : List.of(first, third)) {
        assertThat(reader.readFile(reader.find(point.root(), "/shop/a.img").orElseThrow()))
            .isEqualTo(disk);
      }
    }
    Restic restic = new Restic(where, folder, TestRepositories.PASSWORD);
    assertThat(restic.run("check", "--read-data")).contains("no errors were found");
  }

  @Test
  void indexOfLostFiles_isMadeAgain_asResticWould() throws IOException {
    Path where = folder.resolve("repo");
    byte[] disk = TestDisks.random(new Random(8), 4_000_000);
    try (Repository repository = TestRepositories.init(new LocalBackend(where))) {
      TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
      for (FileEntry index : new LocalBackend(where).list(FileType.INDEX)) {
        new LocalBackend(where).delete(index.handle());
      }
      repository.repairIndex(IndexRepairOptions.DEFAULT, CheckListener.SILENT);
    }
    Restic restic = new Restic(where, folder, TestRepositories.PASSWORD);
    assertThat(restic.run("check", "--read-data")).contains("no errors were found");
    assertThat(restic.run("rebuild-index")).doesNotContain("adding pack file");
  }

  /// One byte in the middle of each of the largest packs.
  private static Set<PackId> flipLargest(Path where, int count) throws IOException {
    List<FileEntry> largest =
        new LocalBackend(where)
            .list(FileType.PACK).stream()
                .sorted(Comparator.comparingLong(FileEntry::sizeBytes).reversed())
                .limit(count)
                .toList();
    Set<PackId> harmed = new HashSet<>();
    for (FileEntry pack : largest) {
      String name = pack.handle().name();
      Path file = where.resolve("data").resolve(name.substring(0, 2)).resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 4;
      Files.delete(file);
      Files.write(file, bytes);
      harmed.add(PackId.of(name));
    }
    return harmed;
  }
}
