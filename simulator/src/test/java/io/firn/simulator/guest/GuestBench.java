package io.firn.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.simulator.storage.SparseVolumeStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Guests on volumes of a store, for tests.
final class GuestBench implements AutoCloseable {
  static final int ROOT_BYTES = 12 << 20;
  static final int DATA_BYTES = 10 << 20;

  final SparseVolumeStore store;
  final FakeFaults faults = new FakeFaults();
  private final Workload workload;

  GuestBench(Path folder, int recordsPerSecond) throws IOException {
    this.store = new SparseVolumeStore(folder, InstantSource.system());
    this.workload = new Workload(recordsPerSecond);
  }

  void newVolumes() throws IOException {
    store.create("root", ROOT_BYTES, true);
    store.create("data", DATA_BYTES, true);
  }

  /// Boots a guest on volumes of the store.
  Guest boot(long seed, String... volumes) throws IOException {
    List<GuestSpec.GuestDisk> disks = new ArrayList<>();
    for (String volume : volumes) {
      disks.add(new GuestSpec.GuestDisk(volume, store.disk(volume), false));
    }
    GuestSpec spec = new GuestSpec("shop", "orders-db", "uid-1", true, disks, seed);
    Guest guest = new ModelledGuests(workload, faults).create(spec);
    guest.boot();
    return guest;
  }

  /// Copies two volumes one after the other, with a gap between.
  JournalReport captureBoth(String name, Duration gap) throws Exception {
    store.snapshot(name + "-root", "root");
    await(Duration.ofSeconds(5), elapsed(gap));
    store.snapshot(name + "-data", "data");
    return check(name);
  }

  JournalReport check(String name) throws IOException {
    store.createFromSnapshot(name + "-root", name + "-root", 0);
    store.createFromSnapshot(name + "-data", name + "-data", 0);
    return JournalCheck.of(List.of(store.path(name + "-root"), store.path(name + "-data")));
  }

  JournalReport checkLive() throws IOException {
    return JournalCheck.of(List.of(store.path("root"), store.path("data")));
  }

  /// Waits until the guest has committed more records.
  void awaitRecords(long more) {
    long from = lastRecord();
    await(Duration.ofSeconds(20), () -> lastRecord() >= from + more);
  }

  private long lastRecord() {
    try {
      PageSource root = PageSource.of(store.disk("root"));
      long header = JournalRegion.find(root).orElseThrow();
      return HeaderPage.parse(root.page(header)).map(HeaderPage::committed).orElse(0L);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void flipByte(String volume, long offsetBytes) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    store.disk(volume).read(offsetBytes, one);
    one.put(0, (byte) (one.get(0) ^ 0x40)).rewind();
    store.disk(volume).write(offsetBytes, one);
  }

  static BooleanSupplier elapsed(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> System.nanoTime() >= end;
  }

  static void await(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited " + most).isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(200_000);
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /// Faults that a test switches on.
  static final class FakeFaults implements GuestFaults {
    volatile boolean agentGone;
    volatile Optional<Duration> freezeLimit = Optional.empty();

    @Override
    public boolean agentGone(String namespace, String name) {
      return agentGone;
    }

    @Override
    public Optional<Duration> freezeLimit(String namespace, String name) {
      return freezeLimit;
    }
  }
}
