package io.firn.repository.seen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenFileTest {
  private static final int BLOCK = 4096;
  private static final long DISK = 100 * BLOCK + 1;

  private final Random random = new Random(42);

  @Test
  void encodeThenDecode_keepsWhatWasSeen() throws IOException {
    SeenBlocks seen = new SeenBlocks(101);
    byte[][] tags = new byte[101][16];
    for (int block : new int[] {0, 15, 16, 99, 100}) {
      random.nextBytes(tags[block]);
      seen.put(block, id(block), tags[block]);
    }
    SeenBlocks read = SeenFile.decode(SeenFile.encode(seen, DISK, BLOCK), DISK, BLOCK);

    assertThat(read.entries()).isEqualTo(5);
    assertThat(read.changed()).isFalse();
    for (int block : new int[] {0, 15, 16, 99, 100}) {
      assertThat(read.matches(block, tags[block])).isTrue();
      assertThat(read.id(block)).isEqualTo(id(block));
      tags[block][15] ^= 1;
      assertThat(read.matches(block, tags[block])).isFalse();
    }
    assertThat(read.matches(1, new byte[16])).isFalse();
    assertThat(read.matches(50, new byte[16])).isFalse();
  }

  @Test
  void decode_ofAnotherDiskOrCutShort_isRefused() {
    SeenBlocks seen = new SeenBlocks(101);
    seen.put(100, id(1), new byte[16]);
    byte[] file = SeenFile.encode(seen, DISK, BLOCK);

    assertThatThrownBy(() -> SeenFile.decode(file, DISK + 1, BLOCK))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> SeenFile.decode(file, DISK, 2 * BLOCK))
        .isInstanceOf(IOException.class);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length != 16) {
        assertThatThrownBy(() -> SeenFile.decode(cut, DISK, BLOCK)).isInstanceOf(IOException.class);
      }
    }
    file[19] = 101;
    assertThatThrownBy(() -> SeenFile.decode(file, DISK, BLOCK)).isInstanceOf(IOException.class);
  }

  @Test
  void put_moreThanFit_keepsTheFirst() {
    SeenBlocks seen = new SeenBlocks(SeenBlocks.MOST_ENTRIES + 10);
    byte[] tag = new byte[16];
    for (int block = 0; block < SeenBlocks.MOST_ENTRIES + 10; block++) {
      seen.put(block, id(block), tag);
    }
    assertThat(seen.entries()).isEqualTo(SeenBlocks.MOST_ENTRIES);
    assertThat(seen.matches(SeenBlocks.MOST_ENTRIES - 1, tag)).isTrue();
    assertThat(seen.matches(SeenBlocks.MOST_ENTRIES, tag)).isFalse();
    tag[0] = 1;
    seen.put(3, id(3), tag);
    assertThat(seen.matches(3, tag)).isTrue();
  }

  private static Digest id(int block) {
    return new Digest(block, 2, 3, 4);
  }
}
