package io.firn.repository.blob;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.BlobId;
import io.firn.repository.Compression;
import io.firn.repository.RepositoryException;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexSaver;
import io.firn.repository.pack.BlobType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BlobSaverTest {
  private static final BlobId ONES = BlobId.of("1".repeat(64));

  private final MemoryBackend backend = new MemoryBackend();
  private final SecretKey key = new SecretKey(new byte[SecretKey.BYTES]);
  private final BlobIndex index = new BlobIndex();
  private final UnpackedFiles files = new UnpackedFiles(backend, key);
  private final PackSaver packs =
      new PackSaver(
          backend,
          key,
          new IndexSaver(files, index, InstantSource.fixed(TestRepositories.NOW)),
          1 << 20);

  @Test
  void claimedBlob_thatCannotBeSealed_endsTheWriter() {
    SecretKey closed = key.copy();
    closed.close();
    try (BlobSaver saver = new BlobSaver(closed, Compression.FASTEST, index, packs)) {
      assertThatThrownBy(() -> saver.saveCompressed(BlobType.DATA, ONES, new byte[8], 8))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(saver::flush).isInstanceOf(RepositoryException.class);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void packThatNoThreadTakes_isNotWaitedFor() {
    try (BlobSaver saver = new BlobSaver(key, Compression.FASTEST, index, packs)) {
      saver.saveCompressed(BlobType.DATA, ONES, new byte[8], 8);
      packs.close();
      assertThatThrownBy(saver::flush).isInstanceOf(RejectedExecutionException.class);
      assertThatThrownBy(saver::flush).isInstanceOf(RepositoryException.class);
    }
  }
}
