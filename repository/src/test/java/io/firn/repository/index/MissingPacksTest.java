package io.firn.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingPacksTest {
  private static final PackId FIRST = new PackId(new Digest(1, 1, 1, 1));
  private static final PackId SECOND = new PackId(new Digest(2, 2, 2, 2));

  private final MemoryBackend backend = new MemoryBackend();

  /// What a prune does: a new index without the pack, then the old one goes, then the pack.
  @Test
  void isLost_pruneBetweenTwoMissingPacks_tellsOneFromTheOther() throws IOException {
    try (SecretKey key = new SecretKey(new byte[SecretKey.BYTES])) {
      UnpackedFiles files = new UnpackedFiles(backend, key);
      MissingPacks missing = new MissingPacks(new IndexLoader(backend, files));
      FileHandle old = list(files, FIRST, SECOND);
      assertThat(missing.isLost(FIRST)).isTrue();
      list(files, FIRST);
      backend.delete(old);
      assertThat(missing.isLost(SECOND)).as("pruned").isFalse();
      assertThat(missing.isLost(FIRST)).isTrue();
    }
  }

  /// A whole prune comes between the list of indexes and the reading of them.
  @Test
  void isLost_indexesReplacedWhileTheyAreRead_goesByTheNewOnes() throws IOException {
    try (SecretKey key = new SecretKey(new byte[SecretKey.BYTES])) {
      UnpackedFiles files = new UnpackedFiles(backend, key);
      list(files, FIRST);
      list(files, SECOND);
      FaultyBackend pruned = new FaultyBackend(backend);
      pruned.add((operation, handle, number) -> {
        if (operation == Operation.LOAD && number == 1) {
          List<FileEntry> old = backend.list(FileType.INDEX);
          list(files, FIRST);
          for (FileEntry file : old) {
            backend.delete(file.handle());
          }
        }
      });
      MissingPacks missing =
          new MissingPacks(new IndexLoader(pruned, new UnpackedFiles(pruned, key)));
      assertThat(missing.isLost(SECOND)).as("pruned").isFalse();
      assertThat(missing.isLost(FIRST)).isTrue();
    }
  }

  private static FileHandle list(UnpackedFiles files, PackId... packs) {
    List<IndexedPack> listed =
        List.of(packs).stream().map(pack -> new IndexedPack(pack, List.of())).toList();
    Digest name = files.save(FileType.INDEX, IndexFile.encode(listed));
    return new FileHandle(FileType.INDEX, name.toString());
  }
}
