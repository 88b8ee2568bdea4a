package io.firn.simulator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseVolumeStoreTest {
  private static final long GIB = 1L << 30;
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

  @TempDir Path folder;

  private SparseVolumeStore store() throws Exception {
    return new SparseVolumeStore(folder, InstantSource.fixed(NOON));
  }

  @Test
  void blockVolume_new_isSparseZeros() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("pvc-1", GIB, true);

      DiskFile disk = store.disk("pvc-1");
      assertThat(disk.sizeBytes()).isEqualTo(GIB);
      assertThat(dataBytes(disk.path())).isLessThanOrEqualTo(4096);
      assertThat(read(disk, GIB / 2, 100)).containsOnly(0);
    }
  }

  @Test
  void snapshot_laterWrites_areNotInIt() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("pvc-1", GIB, true);
      DiskFile disk = store.disk("pvc-1");
      disk.write(700 << 20, text("before"));

      assertThat(store.snapshot("snap-1", "pvc-1")).isEqualTo(NOON);
      disk.write(700 << 20, text("after!"));
      store.createFromSnapshot("pvc-2", "snap-1", 2 * GIB);

      DiskFile copy = store.disk("pvc-2");
      assertThat(new String(read(copy, 700 << 20, 6), UTF_8)).isEqualTo("before");
      assertThat(copy.sizeBytes()).isEqualTo(2 * GIB);
      assertThat(store.snapshotSizeBytes("snap-1")).isEqualTo(GIB);
      assertThat(dataBytes(copy.path())).isLessThan(1 << 20);
    }
  }

  @Test
  void snapshot_sameHandleAgain_isTheFirstOne() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("pvc-1", 1 << 20, true);
      store.snapshot("snap-1", "pvc-1");
    }
    InstantSource later = InstantSource.fixed(NOON.plus(Duration.ofHours(1)));
    try (SparseVolumeStore store = new SparseVolumeStore(folder, later)) {
      assertThat(store.snapshot("snap-1", "pvc-1")).isEqualTo(NOON);
    }
  }

  @Test
  void filesystemVolume_snapshot_carriesEveryFile() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("pvc-1", GIB, false);
      Files.createDirectories(store.path("pvc-1").resolve("swtpm/sub"));
      Files.writeString(store.path("pvc-1").resolve("swtpm/sub/tpm2-00.permall"), "secret");
      SparseFiles.create(store.path("pvc-1").resolve("disk.img"), GIB);
      store.disk("pvc-1").write(4096, text("rows"));

      store.snapshot("snap-1", "pvc-1");
      assertThat(store.snapshotSizeBytes("snap-1")).isEqualTo(GIB);
      store.createFromSnapshot("pvc-2", "snap-1", GIB);
      store.createFromVolume("pvc-3", "pvc-2", GIB);

      assertThat(store.path("pvc-3").resolve("swtpm/sub/tpm2-00.permall")).hasContent("secret");
      assertThat(new String(read(store.disk("pvc-3"), 4096, 4), UTF_8)).isEqualTo("rows");
      assertThat(dataBytes(store.disk("pvc-3").path())).isLessThan(1 << 20);
    }
  }

  @Test
  void copy_leftUnfinishedByACrash_isRemovedWhenOpenedAgain() throws Exception {
    store().close();
    Path unfinished = folder.resolve("volumes/.unfinished-7");
    Files.writeString(unfinished, "half");

    store().close();

    assertThat(unfinished).doesNotExist();
  }

  @Test
  void deletedVolume_disk_isRefused() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("pvc-1", 1 << 20, true);
      store.deleteVolume("pvc-1");

      assertThatThrownBy(() -> store.snapshot("snap-1", "pvc-1"))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("no volume has handle pvc-1");
      store.deleteVolume("pvc-1");
    }
  }

  @Test
  void volumes_emptyOrOfAnOddSize_areCopiedExactly() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("empty", 0, true);
      store.create("odd", 1_000_003, true);
      store.disk("odd").write(1_000_000, text("end"));
      for (String volume : List.of("empty", "odd")) {
        store.snapshot("snap-" + volume, volume);
        store.createFromSnapshot("copy-" + volume, "snap-" + volume, 0);
        assertThat(Files.mismatch(store.path(volume), store.path("copy-" + volume))).isEqualTo(-1);
      }
      assertThat(store.snapshotSizeBytes("snap-empty")).isZero();
      assertThat(store.snapshotSizeBytes("snap-odd")).isEqualTo(1_000_003);
    }
  }

  @Test
  void write_beyondTheEnd_isRefused() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("pvc-1", 8192, true);

      assertThatThrownBy(() -> store.disk("pvc-1").write(8190, text("long")))
          .hasMessageContaining("lie outside");
    }
  }

  /// A writer stamps the same number on two far places in turn, in that order. In a copy of one
  /// instant the second never runs ahead of the first.
  @Test
  void snapshot_whileWriting_isOfOneInstant() throws Exception {
    try (SparseVolumeStore store = store()) {
      store.create("pvc-1", 64 << 20, true);
      DiskFile disk = store.disk("pvc-1");
      for (int i = 0; i < 256; i++) {
        disk.write((long) i << 18, ByteBuffer.allocate(1 << 18).putLong(0, i));
      }
      AtomicBoolean stop = new AtomicBoolean();
      CountDownLatch started = new CountDownLatch(1);
      Thread writer = Thread.ofVirtual().start(() -> stamp(disk, stop, started));
      started.await();
      for (int i = 0; i < 5; i++) {
        store.snapshot("snap-" + i, "pvc-1");
      }
      stop.set(true);
      writer.join();

      for (int i = 0; i < 5; i++) {
        store.createFromSnapshot("copy-" + i, "snap-" + i, 64 << 20);
        long first = ByteBuffer.wrap(read(store.disk("copy-" + i), 0, 8)).getLong();
        long second = ByteBuffer.wrap(read(store.disk("copy-" + i), 60 << 20, 8)).getLong();
        assertThat(first - second).isBetween(0L, 1L);
      }
    }
  }

  private static void stamp(DiskFile disk, AtomicBoolean stop, CountDownLatch started) {
    try {
      disk.write(60 << 20, ByteBuffer.allocate(8));
      for (long number = 1; !stop.get(); number++) {
        disk.write(0, ByteBuffer.allocate(8).putLong(0, number));
        disk.write(60 << 20, ByteBuffer.allocate(8).putLong(0, number));
        started.countDown();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long dataBytes(Path file) throws Exception {
    List<DataExtents.Extent> extents = DataExtents.of(file, Files.size(file));
    return extents.stream().mapToLong(DataExtents.Extent::lengthBytes).sum();
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static byte[] read(DiskFile disk, long offsetBytes, int count) throws Exception {
    byte[] bytes = new byte[count];
    disk.read(offsetBytes, ByteBuffer.wrap(bytes));
    return bytes;
  }

  @Test
  void dataExtents_ofAFileWithHoles_coverExactlyTheData() throws Exception {
    Path file = folder.resolve("holes");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(text("a"), 0);
      channel.write(text("b"), 50 << 20);
      SparseFiles.extend(channel, 100 << 20);
    }
    List<DataExtents.Extent> extents = DataExtents.of(file, 100 << 20);

    assertThat(extents).anyMatch(e -> e.offsetBytes() == 0);
    assertThat(extents)
        .anyMatch(e -> e.offsetBytes() <= 50 << 20 && end(e) > 50 << 20)
        .allMatch(e -> end(e) <= 100 << 20);
  }

  private static long end(DataExtents.Extent extent) {
    return extent.offsetBytes() + extent.lengthBytes();
  }
}
