package io.firn.repository.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Digest;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenFilesTest {
  private static final int BLOCK = 4096;
  private static final long DISK = 10 * BLOCK;
  private static final byte[] TAG = new byte[16];

  private final MemoryBackend backend = new MemoryBackend();
  private Instant now = Instant.parse("2026-11-24T23:59:00Z");
  private final SeenFiles files = new SeenFiles(backend, key(1), () -> now);

  @Test
  void save_thenLoad_isOfThatVolumeAndKeyAlone() throws IOException {
    save("shop/a", 3);
    assertThat(files.load("shop/a", DISK, BLOCK).matches(3, TAG)).isTrue();
    assertThat(files.load("shop/b", DISK, BLOCK).matches(3, TAG)).isFalse();
    assertThat(files.load("shop/a", DISK + 1, BLOCK).matches(3, TAG)).isFalse();
    SeenFiles others = new SeenFiles(backend, key(2), () -> now);
    assertThat(others.load("shop/a", DISK, BLOCK).matches(3, TAG)).isFalse();
    for (FileHandle file : stored()) {
      assertThat(file.name()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void save_again_replacesThatVolumesFileOnly() throws IOException {
    save("shop/a", 3);
    save("shop/b", 4);
    save("shop/a", 5);
    assertThat(stored()).hasSize(2);
    SeenBlocks seen = files.load("shop/a", DISK, BLOCK);
    assertThat(seen.matches(5, TAG)).isTrue();
    assertThat(seen.matches(3, TAG)).isFalse();
  }

  @Test
  void save_ofWhatDidNotChange_writesNothing() throws IOException {
    save("shop/a", 3);
    List<FileHandle> before = stored();
    files.save("shop/a", files.load("shop/a", DISK, BLOCK), DISK, BLOCK);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void load_besideADamagedFile_takesTheOther() throws IOException {
    save("shop/a", 3);
    FileHandle good = stored().getFirst();
    byte[] damaged = backend.load(good);
    damaged[40] ^= 1;
    String later = good.name().substring(0, 32) + "f".repeat(32);
    backend.save(new FileHandle(FileType.SEEN, later), ByteBuffer.wrap(damaged));
    assertThat(files.load("shop/a", DISK, BLOCK).matches(3, TAG)).isTrue();
    save("shop/a", 4);
    assertThat(stored()).hasSize(1);
  }

  @Test
  void removeOld_leavesWhatIsYoungerThanSixtyDays() throws IOException {
    save("shop/old", 3);
    now = now.plus(Duration.ofDays(30));
    save("shop/young", 3);
    SeenFiles.removeOld(backend, now.plus(Duration.ofDays(30)));
    assertThat(stored()).hasSize(2);
    SeenFiles.removeOld(backend, now.plus(Duration.ofDays(31)));
    assertThat(stored()).hasSize(1);
    assertThat(files.load("shop/young", DISK, BLOCK).matches(3, TAG)).isTrue();
  }

  @Test
  void storageThatRefuses_isPassedOver() {
    SeenFiles refused = new SeenFiles(new Refusing(backend), key(1), () -> now);
    SeenBlocks seen = refused.load("shop/a", DISK, BLOCK);
    seen.put(3, new Digest(1, 2, 3, 4), TAG);
    refused.save("shop/a", seen, DISK, BLOCK);
    SeenFiles.removeOld(new Refusing(backend), now);
    assertThat(refused.load("shop/a", DISK, BLOCK).matches(3, TAG)).isFalse();
  }

  private void save(String volume, int block) {
    SeenBlocks seen = new SeenBlocks(10);
    seen.put(block, new Digest(1, 2, 3, 4), TAG);
    files.save(volume, seen, DISK, BLOCK);
  }

  private List<FileHandle> stored() throws IOException {
    return backend.list(FileType.SEEN).stream().map(file -> file.handle()).toList();
  }

  private static SecretKey key(int first) {
    byte[] bytes = new byte[SecretKey.BYTES];
    Arrays.fill(bytes, (byte) first);
    return new SecretKey(bytes);
  }

  /// Has no folder of that name, and wants none.
  private static final class Refusing extends ForwardingBackend {
    Refusing(MemoryBackend backend) {
      super(backend);
    }

    @Override
    public void save(FileHandle handle, ByteBuffer... content) throws IOException {
      throw new FileSystemException(handle.toString());
    }

    @Override
    public List<FileEntry> list(FileType type) throws IOException {
      throw new FileSystemException(type.folder());
    }
  }
}
