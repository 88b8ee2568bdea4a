package io.firn.repository.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.firn.repository.Digest;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.corruption.Regions.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is done to any file, a check of the documented depth names it, nothing but our own
/// failures is thrown, and what can be restored is what was stored. Seen blocks, on which nothing
/// depends, are RecognitionTest's.
class CorruptionTest {
  private static final int FLIPS_PER_REGION = 3;

  private final Random random = new Random(2026);
  private final Specimen specimen = new Specimen(1);
  private final Specimen foreign = new Specimen(2);
  private int cases;

  @ParameterizedTest
  @EnumSource(value = FileType.class, mode = EnumSource.Mode.EXCLUDE, names = "SEEN")
  void bitFlipped_inEachRegion_isFound(FileType type) {
    for (FileHandle handle : specimen.files(type)) {
      byte[] whole = specimen.content(handle);
      for (Region region : Regions.of(type, whole, specimen.blobs(handle))) {
        for (int i = 0; i < FLIPS_PER_REGION; i++) {
          int at = region.start() + random.nextInt(region.end() - region.start());
          byte[] flipped = whole.clone();
          flipped[at] ^= (byte) (1 << random.nextInt(8));
          expectFound(
              "flip at " + at + " in " + region, handle, flipped, depthOfFlip(type, region));
        }
      }
    }
    assertThat(cases).isGreaterThan(8);
  }

  @ParameterizedTest
  @EnumSource(value = FileType.class, mode = EnumSource.Mode.EXCLUDE, names = "SEEN")
  void truncated_atEachBoundary_isFound(FileType type) {
    for (FileHandle handle : specimen.files(type)) {
      byte[] whole = specimen.content(handle);
      for (Region region : Regions.of(type, whole, specimen.blobs(handle))) {
        for (int length : new int[] {region.start(), region.start() + 1, region.end() - 1}) {
          byte[] cut = Arrays.copyOf(whole, length);
          if (type == FileType.LOCK && length == 0) {
            // restic leaves empty locks on a full disk; they lock nothing.
            expectHarmless("emptied", handle, cut);
          } else {
            expectFound("cut to " + length, handle, cut, CheckDepth.STRUCTURE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = FileType.class, mode = EnumSource.Mode.EXCLUDE, names = "SEEN")
  void extended_isFound(FileType type) {
    for (FileHandle handle : specimen.files(type)) {
      byte[] whole = specimen.content(handle);
      for (int more : new int[] {1, 16, 4096}) {
        byte[] longer = Arrays.copyOf(whole, whole.length + more);
        byte[] noise = new byte[more];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, longer, whole.length, more);
        expectFound("longer by " + more, handle, longer, CheckDepth.STRUCTURE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = FileType.class, mode = EnumSource.Mode.EXCLUDE, names = "SEEN")
  void swappedWithSiblingOrForeignFile_isFound(FileType type) {
    for (FileHandle handle : specimen.files(type)) {
      for (FileHandle sibling : specimen.files(type)) {
        if (!sibling.equals(handle)) {
          expectFound("sibling's", handle, specimen.content(sibling), CheckDepth.HEADERS);
        }
      }
      for (FileHandle other : foreign.files(type)) {
        expectFound("foreign", handle, foreign.content(other), CheckDepth.HEADERS);
      }
    }
  }

  /// A config has one name, so nothing can lie beside it.
  @ParameterizedTest
  @EnumSource(
      value = FileType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CONFIG", "SEEN"})
  void duplicateUnderAnotherName_isFound(FileType type) {
    for (FileHandle handle : specimen.files(type)) {
      FileHandle other = new FileHandle(type, randomName());
      expectFound("duplicate", other, specimen.content(handle), CheckDepth.DATA);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FileType.class,
      names = {"PACK", "INDEX", "SNAPSHOT", "LOCK", "MARK"})
  void foreignFileUnderItsOwnName_isFound(FileType type) {
    for (FileHandle other : foreign.files(type)) {
      expectFound("foreign beside", other, foreign.content(other), CheckDepth.HEADERS);
    }
  }

  /// Its password is ours, and still it is not our key.
  @Test
  void foreignKeyUnderItsOwnName_isPassedOver() {
    for (FileHandle other : foreign.files(FileType.KEY)) {
      expectHarmless("foreign beside", other, foreign.content(other));
    }
  }

  @Test
  void removedPackOrIndex_isFound() {
    for (FileHandle pack : specimen.files(FileType.PACK)) {
      specimen.removed(
          pack, harmed -> expect("removed", pack.name(), harmed, CheckDepth.STRUCTURE));
    }
    int harmless = 0;
    for (FileHandle index : specimen.files(FileType.INDEX)) {
      // Its name is gone with it: the blobs that only it listed are named, if somebody needs them.
      try {
        specimen.removed(index, harmed -> harmless("removed " + index, harmed));
        harmless++;
      } catch (AssertionError needed) {
        specimen.removed(index, harmed -> expect("removed", "blob", harmed, CheckDepth.STRUCTURE));
      }
    }
    assertThat(harmless).as("the index of what is dead").isEqualTo(1);
    specimen.removed(
        FileHandle.CONFIG, harmed -> expect("removed", "config", harmed, CheckDepth.STRUCTURE));
  }

  /// Nothing else refers to these, so nobody can miss them; what is left is whole.
  @Test
  void removedSnapshotKeyLockOrMark_cannotBeFound_andHarmsNothingElse() {
    for (FileType type : List.of(FileType.SNAPSHOT, FileType.KEY, FileType.LOCK, FileType.MARK)) {
      for (FileHandle handle : specimen.files(type)) {
        specimen.removed(handle, harmed -> harmless("removed " + handle, harmed));
      }
    }
  }

  private static CheckDepth depthOfFlip(FileType type, Region region) {
    if (type != FileType.PACK) {
      return CheckDepth.STRUCTURE;
    }
    return region.name().startsWith("header") ? CheckDepth.HEADERS : CheckDepth.DATA;
  }

  private void expectFound(String harm, FileHandle handle, byte[] content, CheckDepth depth) {
    specimen.replaced(
        handle, content, harmed -> expect(harm + " " + handle, handle.name(), harmed, depth));
  }

  private void expectHarmless(String harm, FileHandle handle, byte[] content) {
    specimen.replaced(handle, content, harmed -> harmless(harm + " " + handle, harmed));
  }

  /// The name must be told when the repository is opened or checked, and no file comes back wrong.
  private void expect(String harm, String name, Specimen.Harmed harmed, CheckDepth depth) {
    cases++;
    try (Repository repository = harmed.open()) {
      CheckReport report = repository.check(depth, CheckListener.SILENT);
      assertThat(report.damages().toString()).as(harm).contains(name);
      restoreAll(harm, repository, report);
    } catch (RepositoryException e) {
      assertThat(e.code()).as(harm).isEqualTo(FailureCode.CORRUPT);
      assertThat(e.getMessage()).as(harm).contains(name);
      assertThat(e.context()).as(harm).containsKey("file");
    } catch (AssertionError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      fail(harm, e);
    }
  }

  private void harmless(String harm, Specimen.Harmed harmed) {
    try (Repository repository = harmed.open()) {
      CheckReport report = repository.check(CheckDepth.DATA, CheckListener.SILENT);
      assertThat(report.damages()).as(harm).isEmpty();
      restoreAll(harm, repository, report);
    }
  }

  /// Each disk is what was stored or is refused; those of snapshots called whole are not refused.
  private void restoreAll(String harm, Repository repository, CheckReport report) {
    List<Digest> whole =
        report.options().depth() == CheckDepth.DATA && indexesAreSound(report)
            ? report.wholeSnapshots().stream().map(s -> s.id().digest()).toList()
            : List.of();
    for (StoredSnapshot stored : snapshots(repository)) {
      String path = stored.snapshot().paths().getFirst();
      try {
        RepositoryReader reader = repository.reader();
        Node node = reader.find(stored.snapshot().tree(), path).orElseThrow();
        assertThat(reader.readFile(node)).as(harm).isEqualTo(specimen.disk(path));
      } catch (RepositoryException e) {
        assertThat(e.code()).as(harm).isEqualTo(FailureCode.CORRUPT);
        assertThat(whole).as(harm + ": called whole").doesNotContain(stored.id().digest());
      }
    }
  }

  private static boolean indexesAreSound(CheckReport report) {
    return report.damages().stream().noneMatch(d -> d.object().toString().startsWith("index/"));
  }

  /// One that cannot be read hides all from a list, and is named.
  private static List<StoredSnapshot> snapshots(Repository repository) {
    try {
      return repository.snapshots();
    } catch (RepositoryException e) {
      assertThat(e.code()).isEqualTo(FailureCode.CORRUPT);
      return List.of();
    }
  }

  private String randomName() {
    return new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong())
        .toString();
  }
}
