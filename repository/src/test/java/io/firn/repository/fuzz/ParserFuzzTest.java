package io.firn.repository.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.firn.repository.Node;
import io.firn.repository.PackId;
import io.firn.repository.Tree;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.blob.BlobDecoder;
import io.firn.repository.config.RepositoryConfig;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexFile;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import io.firn.repository.pack.PackHeaderReader;
import io.firn.repository.pack.ZstdFrames;
import io.firn.repository.snapshot.SnapshotFile;
import io.firn.repository.tree.TreeDecoder;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Normal runs replay the corpus beside this class; the profile `fuzz` looks for more.
class ParserFuzzTest {
  private static final SecretKey KEY = new SecretKey(new byte[SecretKey.BYTES]);

  /// What can be read takes at least its listed size, so that memory follows the file.
  @FuzzTest
  void packHeader(byte[] data) {
    try {
      List<PackEntry> entries = PackHeader.decode(data);
      assertThat(PackHeader.trailerBytes(entries)).isEqualTo(data.length + 36);
      assertThat(PackHeader.packBytes(entries)).isPositive();
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  /// The end of a pack file, as it is stored.
  @FuzzTest
  void packFile(byte[] data) throws IOException {
    MemoryBackend backend = new MemoryBackend();
    PackId pack = new PackId(Sha256.of(data));
    backend.save(new FileHandle(FileType.PACK, pack.toString()), ByteBuffer.wrap(data));
    try {
      List<PackEntry> entries =
          new PackHeaderReader(backend, new Envelope(KEY), bytes -> {}).read(pack, data.length);
      assertThat(PackHeader.packBytes(entries)).isEqualTo(data.length);
    } catch (MalformedPackException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  /// What was read can be written, and reads as the same.
  @FuzzTest
  void index(byte[] data) throws IOException {
    List<IndexedPack> packs = new ArrayList<>();
    try {
      IndexFile.decode(data, packs::add);
    } catch (IOException refused) {
      return;
    }
    BlobIndex index = new BlobIndex();
    packs.forEach(index::add);
    List<IndexedPack> again = new ArrayList<>();
    IndexFile.decode(IndexFile.encode(packs), again::add);
    assertThat(again).isEqualTo(packs);
  }

  @FuzzTest
  void snapshot(byte[] data) throws IOException {
    try {
      assertThat(SnapshotFile.decode(data).tree()).isNotNull();
    } catch (IOException refused) {
      assertThat(refused.toString()).isNotBlank();
    }
  }

  /// No name leads out of a folder.
  @FuzzTest
  void tree(byte[] data) {
    try {
      Tree tree = TreeDecoder.decode(data);
      for (Node node : tree.nodes()) {
        assertThat(node.name()).isNotEmpty().doesNotContain("/").isNotIn(".", "..");
        assertThat(node.sizeBytes()).isNotNegative();
      }
    } catch (IOException refused) {
      assertThat(refused.toString()).isNotBlank();
    }
  }

  @FuzzTest
  void config(byte[] data) {
    try {
      assertThat(RepositoryConfig.parse(data).id()).isNotEmpty();
    } catch (IOException refused) {
      assertThat(refused.toString()).isNotBlank();
    }
  }

  @FuzzTest
  void envelope(byte[] data) {
    byte[] target = new byte[Math.max(data.length, 1)];
    Arrays.fill(target, (byte) 0x55);
    try {
      assertThat(new Envelope(KEY).open(data, 0, data.length, target, 0))
          .isEqualTo(data.length - Envelope.OVERHEAD_BYTES);
    } catch (AuthenticationException refused) {
      for (byte untouched : target) {
        assertThat(untouched).isEqualTo((byte) 0x55);
      }
    }
  }

  @FuzzTest
  void zstdFrame(byte[] data) {
    try {
      assertThat(ZstdFrames.decompress(data).length).isLessThanOrEqualTo(ZstdFrames.MAX_BYTES);
    } catch (IOException refused) {
      assertThat(refused.toString()).isNotBlank();
    }
  }

  /// A blob whose envelope is good and whose content is anything.
  @FuzzTest
  void sealedBlob(byte[] data) {
    byte[] sealed = new Envelope(KEY).seal(data);
    for (long plainBytes : new long[] {0, data.length, 1 << 20, 0xffff_ffffL}) {
      try {
        byte[] plain =
            new BlobDecoder(KEY)
                .decode(new io.firn.repository.BlobId(Sha256.of(data)), sealed, plainBytes);
        assertThat(Sha256.of(plain)).isEqualTo(Sha256.of(data));
      } catch (MalformedPackException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  /// An index, snapshot or lock whose envelope is good and whose content is anything.
  @FuzzTest
  void sealedDocument(byte[] data) throws IOException {
    MemoryBackend backend = new MemoryBackend();
    byte[] sealed = new Envelope(KEY).seal(data);
    var name = Sha256.of(sealed);
    backend.save(new FileHandle(FileType.INDEX, name.toString()), ByteBuffer.wrap(sealed));
    try {
      assertThat(new UnpackedFiles(backend, KEY).load(FileType.INDEX, name)).isNotNull();
    } catch (io.firn.repository.RepositoryException refused) {
      assertThat(refused.getMessage()).contains(name.toString());
    }
  }
}
