package io.firn.simulator.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Qcow2ImageTest {
  private static final int CLUSTER = 1 << 16;
  @TempDir Path folder;

  /// Random text-like bytes with holes: compressible, not all zeros.
  static byte[] disk(int sizeBytes, long seed) {
    byte[] disk = new byte[sizeBytes];
    Random random = new Random(seed);
    for (int at = 0; at < sizeBytes; at++) {
      if ((at / CLUSTER) % 5 != 4) {
        disk[at] = (byte) ('a' + random.nextInt(16));
      }
    }
    return disk;
  }

  private DiskTarget target(long sizeBytes) {
    return new DiskTarget(folder.resolve("disk.img"), sizeBytes);
  }

  private Qcow2Image image(byte[] bytes) throws IOException {
    return Qcow2Image.open(Files.write(folder.resolve("image.qcow2"), bytes));
  }

  @Test
  void convert_plainDeflatedAndAbsentClusters_givesTheDisk() throws IOException {
    for (int size : new int[] {7 * CLUSTER, 7 * CLUSTER + 512, 512}) {
      byte[] disk = disk(size, size);
      try (Qcow2Image image = image(Qcow2Fixture.encode(disk))) {
        assertThat(image.sizeBytes()).isEqualTo(size);
        image.convert(target(size));
      }
      assertThat(Files.readAllBytes(folder.resolve("disk.img"))).isEqualTo(disk);
    }
  }

  @Test
  void convert_intoALargerDisk_leavesZerosBehind() throws IOException {
    byte[] disk = disk(CLUSTER, 1);
    Files.write(folder.resolve("disk.img"), disk(3 * CLUSTER, 2));
    try (Qcow2Image image = image(Qcow2Fixture.encode(disk))) {
      image.convert(target(3L * CLUSTER));
    }
    byte[] found = Files.readAllBytes(folder.resolve("disk.img"));
    assertThat(found).hasSize(3 * CLUSTER).startsWith(disk);
    assertThat(found[3 * CLUSTER - 1]).isZero();
  }

  @Test
  void convert_intoASmallerDisk_isRefused() throws IOException {
    try (Qcow2Image image = image(Qcow2Fixture.encode(disk(2 * CLUSTER, 1)))) {
      assertThatThrownBy(() -> image.convert(target(CLUSTER)))
          .hasMessageContaining("is larger than the reported available storage");
    }
  }

  @Test
  void open_encryptedBackedOrUnknown_isRefusedByName() {
    byte[] encrypted = Qcow2Fixture.encode(disk(512, 1));
    encrypted[35] = 1;
    assertThatThrownBy(() -> image(encrypted)).hasMessageContaining("encrypted");
    byte[] backed = Qcow2Fixture.encode(disk(512, 1));
    backed[15] = 1;
    assertThatThrownBy(() -> image(backed)).hasMessageContaining("backing file");
    byte[] newer = Qcow2Fixture.encode(disk(512, 1));
    newer[7] = 9;
    assertThatThrownBy(() -> image(newer)).hasMessageContaining("version 9");
  }

  @Test
  void convert_damagedCluster_isSaid() throws IOException {
    byte[] bytes = Qcow2Fixture.encode(disk(2 * CLUSTER, 1));
    bytes[4 * CLUSTER] = (byte) 0xff;
    try (Qcow2Image image = image(bytes)) {
      assertThatThrownBy(() -> image.convert(target(2L * CLUSTER))).hasMessageContaining("damaged");
    }
  }
}
