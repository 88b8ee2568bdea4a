package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.BlobList;
import io.firn.repository.crypto.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockHashesTest {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  @Test
  void zeroDisk_beginsWithTheSparseTrigger_thenLargeBlobs() {
    assertThat(sizes(content(50L * MIB, 256 * KIB)))
        .containsExactly(512 * KIB, 16 * MIB, 16 * MIB, 16 * MIB, MIB, 512 * KIB);
  }

  @Test
  void largeBlocks_firstZeroBlock_isCutForTheTrigger() {
    assertThat(sizes(content(8L * MIB, 4 * MIB)))
        .containsExactly(512 * KIB, 4 * MIB, 2 * MIB, MIB, 512 * KIB);
  }

  @Test
  void runTooShortForTheTrigger_isOneBlock() {
    assertThat(sizes(content(256 * KIB, 256 * KIB))).containsExactly(256 * KIB);
  }

  @Test
  void oddTail_isABlobOfItsOwn() {
    assertThat(sizes(content(MIB + 777, 512 * KIB))).containsExactly(512 * KIB, 512 * KIB, 777);
  }

  @Test
  void dataBetweenZeros_keepsItsPlace() {
    BlockHashes hashes = new BlockHashes(4L * MIB, MIB);
    byte[] data = {1, 2, 3};
    hashes.set(1, data, 3, new Sha256());
    BlobList content = hashes.intoContent(new TreeSet<>());
    assertThat(content.size()).isEqualTo(4);
    assertThat(content.get(0)).isEqualTo(Zeros.id(512 * KIB));
    assertThat(content.get(1)).isEqualTo(Zeros.id(512 * KIB));
    assertThat(content.get(2).digest()).isEqualTo(Sha256.of(data));
    assertThat(content.get(3)).isEqualTo(Zeros.id(2 * MIB));
  }

  @Test
  void emptyDisk_hasNoBlobs() {
    assertThat(content(0, 256 * KIB).size()).isZero();
  }

  @Test
  void defaultBlockSize_growsWithTheDisk() {
    long gib = 1L << 30;
    assertThat(BlockSize.forDisk(0)).isEqualTo(256 * KIB);
    assertThat(BlockSize.forDisk(64 * gib)).isEqualTo(256 * KIB);
    assertThat(BlockSize.forDisk(64 * gib + 1)).isEqualTo(512 * KIB);
    assertThat(BlockSize.forDisk(2048 * gib)).isEqualTo(512 * KIB);
    assertThat(BlockSize.forDisk(2048 * gib + 1)).isEqualTo(MIB);
  }

  private static BlobList content(long diskBytes, int blockBytes) {
    Set<Integer> zeroSizes = new TreeSet<>();
    BlobList content = new BlockHashes(diskBytes, blockBytes).intoContent(zeroSizes);
    assertThat(zeroSizes).containsAll(sizes(content));
    return content;
  }

  /// The sizes of blobs that are all zeros.
  private static List<Integer> sizes(BlobList content) {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      for (int size :
          new int[] {777, 256 * KIB, 512 * KIB, MIB, 2 * MIB, 4 * MIB, 8 * MIB, 16 * MIB}) {
        if (Zeros.id(size).equals(content.get(i))) {
          sizes.add(size);
        }
      }
    }
    assertThat(sizes).hasSize(content.size());
    return sizes;
  }
}
