package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Repository;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a prune has read before it is alone it does not read once more while others wait.
class PruneReadsTest {
  private final MemoryBackend memory = new MemoryBackend();
  private final IndexReads backend = new IndexReads(memory);

  @Test
  void indexFilesThatStay_areReadOnce() {
    try (Repository repository = TestRepositories.init(memory)) {
      byte[] disk = TestDisks.random(new Random(1), 3_000_000);
      TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
    }
    try (Repository repository = TestRepositories.open(backend)) {
      repository.prune(PruneOptions.DEFAULT.withGrace(Duration.ZERO), PruneListener.SILENT);
    }
    assertThat(backend.reads).isNotEmpty().doesNotHaveDuplicates();
  }

  private static final class IndexReads extends ForwardingBackend {
    private final List<FileHandle> reads = new ArrayList<>();

    IndexReads(MemoryBackend backend) {
      super(backend);
    }

    @Override
    public synchronized byte[] load(FileHandle handle) throws IOException {
      if (handle.type() == FileType.INDEX) {
        reads.add(handle);
      }
      return super.load(handle);
    }
  }
}
