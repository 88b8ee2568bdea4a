package io.firn.simulator.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Volumes as sparse files: `volumes/<handle>` and `snapshots/<handle>` below a folder, each a file
/// (Block) or a folder (Filesystem) with its size beside, in `sizes/<handle>`. Copies are made
/// beside and moved to their name when whole, so a store that is opened again after a crash holds
/// only whole volumes. A snapshot's modification time is the instant that it shows.
///
/// Thread-safe.
public final class SparseVolumeStore implements VolumeStore, AutoCloseable {
  private static final String UNFINISHED = ".unfinished-";

  private final Path volumes;
  private final Path snapshots;
  private final Path sizes;
  private final InstantSource clock;
  private final AtomicLong copies = new AtomicLong();
  private final Map<String, ReadWriteLock> locks = new ConcurrentHashMap<>();
  private final Map<String, VolumeDisk> disks = new ConcurrentHashMap<>();

  /// Opens a store, new or used before.
  public SparseVolumeStore(Path directory, InstantSource clock) throws IOException {
    this.volumes = Files.createDirectories(directory.resolve("volumes"));
    this.snapshots = Files.createDirectories(directory.resolve("snapshots"));
    this.sizes = Files.createDirectories(directory.resolve("sizes"));
    this.clock = clock;
    removeUnfinished(volumes);
    removeUnfinished(snapshots);
  }

  @Override
  public void create(String volumeHandle, long sizeBytes, boolean block) throws IOException {
    Path volume = path(volumeHandle);
    if (Files.exists(volume)) {
      return;
    }
    if (block) {
      Path unfinished = unfinished(volumes);
      SparseFiles.create(unfinished, sizeBytes);
      SparseCopy.publish(unfinished, volume);
    } else {
      writeSize(volumeHandle, sizeBytes);
      Files.createDirectory(volume);
    }
  }

  @Override
  public void createFromSnapshot(String volumeHandle, String snapshotHandle, long sizeBytes)
      throws IOException {
    Path snapshot = snapshotPath(snapshotHandle);
    requireExists(snapshot, "snapshot", snapshotHandle);
    copyToVolume(snapshot, snapshotHandle, volumeHandle, sizeBytes);
  }

  @Override
  public void createFromVolume(String volumeHandle, String sourceHandle, long sizeBytes)
      throws IOException {
    Path source = path(sourceHandle);
    requireExists(source, "volume", sourceHandle);
    ReadWriteLock lock = lock(sourceHandle);
    lock.writeLock().lock();
    try {
      copyToVolume(source, sourceHandle, volumeHandle, sizeBytes);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public Instant snapshot(String snapshotHandle, String volumeHandle) throws IOException {
    Path volume = path(volumeHandle);
    requireExists(volume, "volume", volumeHandle);
    Path snapshot = snapshotPath(snapshotHandle);
    if (Files.exists(snapshot)) {
      return Files.getLastModifiedTime(snapshot).toInstant();
    }
    Path unfinished = unfinished(snapshots);
    ReadWriteLock lock = lock(volumeHandle);
    lock.writeLock().lock();
    try {
      Instant instant = clock.instant();
      SparseCopy.copy(volume, unfinished);
      Files.setLastModifiedTime(unfinished, FileTime.from(instant));
      writeSize(snapshotHandle, sizeBytes(volumeHandle, volume));
      SparseCopy.publish(unfinished, snapshot);
      return instant;
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void deleteVolume(String volumeHandle) throws IOException {
    VolumeDisk open = disks.remove(volumeHandle);
    if (open != null) {
      open.close();
    }
    SparseFiles.remove(path(volumeHandle));
    SparseFiles.remove(inside(sizes, volumeHandle));
    locks.remove(volumeHandle);
  }

  @Override
  public void deleteSnapshot(String snapshotHandle) throws IOException {
    SparseFiles.remove(snapshotPath(snapshotHandle));
    SparseFiles.remove(inside(sizes, snapshotHandle));
  }

  @Override
  public void expand(String volumeHandle, long sizeBytes) throws IOException {
    Path volume = path(volumeHandle);
    if (Files.isRegularFile(volume)) {
      SparseFiles.grow(volume, sizeBytes);
    } else {
      writeSize(volumeHandle, Math.max(sizeBytes, sizeBytes(volumeHandle, volume)));
    }
  }

  @Override
  public long snapshotSizeBytes(String snapshotHandle) throws IOException {
    Path snapshot = snapshotPath(snapshotHandle);
    requireExists(snapshot, "snapshot", snapshotHandle);
    return sizeBytes(snapshotHandle, snapshot);
  }

  @Override
  public Instant snapshotInstant(String snapshotHandle) throws IOException {
    Path snapshot = snapshotPath(snapshotHandle);
    requireExists(snapshot, "snapshot", snapshotHandle);
    return Files.getLastModifiedTime(snapshot).toInstant();
  }

  @Override
  public Path path(String volumeHandle) {
    return inside(volumes, volumeHandle);
  }

  @Override
  public DiskFile disk(String volumeHandle) throws IOException {
    synchronized (disks) {
      VolumeDisk known = disks.get(volumeHandle);
      if (known == null || !known.isCurrent()) {
        Path volume = path(volumeHandle);
        Path image = Files.isDirectory(volume) ? volume.resolve("disk.img") : volume;
        known = new VolumeDisk(image, lock(volumeHandle).readLock());
        VolumeDisk before = disks.put(volumeHandle, known);
        if (before != null) {
          before.close();
        }
      }
      return known;
    }
  }

  /// Closes the disks; the files stay.
  @Override
  public void close() throws IOException {
    for (VolumeDisk disk : disks.values()) {
      disk.close();
    }
    disks.clear();
  }

  private void copyToVolume(Path source, String sourceHandle, String volumeHandle, long sizeBytes)
      throws IOException {
    Path volume = path(volumeHandle);
    if (Files.exists(volume)) {
      return;
    }
    Path unfinished = unfinished(volumes);
    SparseCopy.copy(source, unfinished);
    if (Files.isRegularFile(unfinished)) {
      SparseFiles.grow(unfinished, sizeBytes);
    } else {
      writeSize(volumeHandle, Math.max(sizeBytes, sizeBytes(sourceHandle, source)));
    }
    SparseCopy.publish(unfinished, volume);
  }

  /// A folder does not know how large its volume is, so its size is kept beside.
  private long sizeBytes(String handle, Path content) throws IOException {
    if (Files.isRegularFile(content)) {
      return Files.size(content);
    }
    Path size = inside(sizes, handle);
    return Files.exists(size) ? Long.parseLong(Files.readString(size)) : 0;
  }

  private void writeSize(String handle, long sizeBytes) throws IOException {
    Files.writeString(inside(sizes, handle), Long.toString(sizeBytes));
  }

  private ReadWriteLock lock(String volumeHandle) {
    // Fair, or a busy writer would keep a snapshot out for long.
    return locks.computeIfAbsent(volumeHandle, _ -> new ReentrantReadWriteLock(true));
  }

  private Path snapshotPath(String snapshotHandle) {
    return inside(snapshots, snapshotHandle);
  }

  private Path unfinished(Path folder) {
    return folder.resolve(UNFINISHED + copies.incrementAndGet());
  }

  private static Path inside(Path folder, String handle) {
    if (handle.isEmpty() || handle.startsWith(".") || handle.contains("/")) {
      throw new IllegalArgumentException("\"" + handle + "\" is not a handle of this store");
    }
    return folder.resolve(handle);
  }

  private static void requireExists(Path path, String kind, String handle)
      throws NoSuchFileException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), "", "no " + kind + " has handle " + handle);
    }
  }

  private static void removeUnfinished(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path each : left) {
        SparseFiles.remove(each);
      }
    }
  }
}
