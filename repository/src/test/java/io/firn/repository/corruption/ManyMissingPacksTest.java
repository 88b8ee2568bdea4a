package io.firn.repository.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.MemoryTarget;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// All packs of one of two writers are gone. What it costs to read from those of the other does not
/// grow with the number of blobs.
class ManyMissingPacksTest {
  private static final int BLOCK_BYTES = 4096;
  private static final int BLOCKS = 160;

  private final MemoryBackend backend = new MemoryBackend();
  private final byte[] disk = TestDisks.random(new Random(39), BLOCKS * BLOCK_BYTES);
  private TreeId root = new TreeId(PackId.of("0".repeat(64)).digest());

  @Test
  void restore_manyMissingPacks_readsTheIndexesTwiceInAll() {
    Repository repository =
        Repository.init(
            backend,
            TestRepositories.password(),
            TestRepositories.OPTIONS.withPackSizeBytes(1 << 16));
    Set<FileHandle> first = new HashSet<>();
    try (RepositoryWriter one = repository.writer();
        RepositoryWriter two = repository.writer()) {
      store(one);
      first.addAll(packs());
      store(two);
    }
    Set<FileHandle> second = packs();
    second.removeAll(first);
    int missing = 0;
    for (Set<FileHandle> gone : List.of(first, second)) {
      missing += restoreWithout(gone);
    }
    assertThat(missing).as("of each blob one copy is the one in use").isGreaterThan(8);
  }

  /// Returns how many missing packs were met.
  private int restoreWithout(Set<FileHandle> gone) {
    Without rest = new Without(backend, gone);
    RepositoryReader reader = TestRepositories.open(rest).reader();
    int indexes = backend.list(FileType.INDEX).size();
    assertThat(rest.indexLoads).hasValue(indexes);
    MemoryTarget target = new MemoryTarget();
    Node file = reader.find(root, "/disk").orElseThrow();
    Set<PackId> damaged =
        reader.restoreDisk(file, target, BLOCK_BYTES, 2, TransferListener.SILENT).damagedPacks();
    assertThat(target.content()).isEqualTo(disk);
    assertThat(rest.indexLoads.get() - indexes).isLessThanOrEqualTo(2 * indexes);
    return damaged.size();
  }

  private void store(RepositoryWriter writer) {
    DiskOutcome outcome =
        writer.writeDisk(
            TestRepositories.disk(disk), new DiskOptions(BLOCK_BYTES, 1), TransferListener.SILENT);
    root = writer.writeTree(List.of(Node.file("disk", TestRepositories.NOW, outcome.file())));
    writer.writeSnapshot(TestRepositories.snapshot(root));
  }

  private Set<FileHandle> packs() {
    Set<FileHandle> packs = new HashSet<>();
    backend.list(FileType.PACK).stream().map(FileEntry::handle).forEach(packs::add);
    return packs;
  }

  /// Some packs are not there; counts how often an index file is read.
  private static final class Without extends ForwardingBackend {
    private final Set<FileHandle> gone;
    private final AtomicInteger indexLoads = new AtomicInteger();

    Without(MemoryBackend backend, Set<FileHandle> gone) {
      super(backend);
      this.gone = gone;
    }

    @Override
    public byte[] load(FileHandle handle) throws IOException {
      if (handle.type() == FileType.INDEX) {
        indexLoads.incrementAndGet();
      }
      return super.load(handle);
    }

    @Override
    public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
      if (gone.contains(handle)) {
        throw new NoSuchFileException(handle.toString());
      }
      super.load(handle, offsetBytes, target);
    }
  }
}
