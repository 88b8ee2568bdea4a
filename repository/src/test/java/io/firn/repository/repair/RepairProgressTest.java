package io.firn.repository.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The total of a repair's progress is what it reads of packs in the end, from the first on.
class RepairProgressTest {
  private static final IndexRepairOptions DEFAULT = IndexRepairOptions.DEFAULT;

  private final MemoryBackend memory = new MemoryBackend();
  private final CountingPacks backend = new CountingPacks(memory);
  private final Random random = new Random(6);

  @BeforeEach
  void storeTwoDisks() {
    try (Repository repository = TestRepositories.init(memory)) {
      for (String name : List.of("a.img", "b.img")) {
        byte[] disk = TestDisks.random(random, 3_000_000);
        TestRepositories.store(repository, name, TestRepositories.disk(disk));
      }
    }
  }

  @Test
  void default_countsOnlyThePacksThatNoIndexLists() throws IOException {
    assertThat(plan(DEFAULT)).as("nothing is read, nothing is told").isEmpty();
    memory.delete(memory.list(FileType.INDEX).getFirst().handle());
    List<Step> steps = plan(DEFAULT);
    assertIsWhatWasRead(steps);
    assertThat(steps).hasSizeLessThan(memory.list(FileType.PACK).size());
  }

  @Test
  void allPacks_countsHeaders() {
    List<Step> steps = plan(DEFAULT.withReadAllPacks(true));
    assertIsWhatWasRead(steps);
    assertThat(steps).hasSameSizeAs(memory.list(FileType.PACK));
    assertThat(steps.getFirst().total()).isLessThan(packBytes() / 2);
  }

  @Test
  void suspect_countsItsData_besideTheHeadersOfOthers() {
    PackId suspect = PackId.of(memory.list(FileType.PACK).getFirst().handle().name());
    assertIsWhatWasRead(plan(DEFAULT.withSuspects(Set.of(suspect))));
    assertIsWhatWasRead(plan(DEFAULT.withReadAllPacks(true).withSuspects(Set.of(suspect))));
  }

  @Test
  void allData_countsAllData() {
    List<Step> steps = plan(DEFAULT.withReadAllData(true));
    assertIsWhatWasRead(steps);
    assertThat(steps.getFirst().total()).isGreaterThan(packBytes());
  }

  private record Step(long done, long total) {}

  private List<Step> plan(IndexRepairOptions options) {
    List<Step> steps = new ArrayList<>();
    try (Repository repository = TestRepositories.open(backend)) {
      backend.read.set(0);
      repository.planIndexRepair(options, (phase, done, total) -> steps.add(new Step(done, total)));
    }
    return steps;
  }

  private void assertIsWhatWasRead(List<Step> steps) {
    assertThat(steps).isNotEmpty();
    assertThat(steps).extracting(Step::total).containsOnly(backend.read.get());
    assertThat(steps).extracting(Step::done).isSorted().endsWith(backend.read.get());
    assertThat(new HashSet<>(steps)).hasSameSizeAs(steps);
  }

  private long packBytes() {
    return memory.list(FileType.PACK).stream().mapToLong(FileEntry::sizeBytes).sum();
  }

  /// Counts what is read of packs.
  private static final class CountingPacks extends ForwardingBackend {
    private final AtomicLong read = new AtomicLong();

    CountingPacks(MemoryBackend backend) {
      super(backend);
    }

    @Override
    public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
      if (handle.type() == FileType.PACK) {
        read.addAndGet(target.remaining());
      }
      super.load(handle, offsetBytes, target);
    }
  }
}
