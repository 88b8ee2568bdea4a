package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.unpacked.UnpackedFiles;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkFilesTest {
  private final MemoryBackend backend = new MemoryBackend();
  private final SecretKey key = new SecretKey(new byte[SecretKey.BYTES]);
  private final MarkFiles files = new MarkFiles(backend, new UnpackedFiles(backend, key));

  /// One document with all of them would have more than 64 MiB.
  @Test
  void veryManyMarks_areReadBack_andNotWrittenAgain() {
    Map<PackId, Instant> since = new HashMap<>();
    for (int i = 0; i < 650_000; i++) {
      since.put(new PackId(new Digest(i, 1, 2, 3)), TestRepositories.NOW);
    }
    files.replace(files.load(), since);
    Marks marks = files.load();
    assertThat(marks.since().equals(since)).isTrue();
    files.replace(marks, since);
    assertThat(files.load().files()).hasSameElementsAs(marks.files());
    files.replace(marks, Map.of());
    assertThat(files.load().files()).isEmpty();
  }
}
