package io.firn.simulator.storage;

import java.io.IOException;
import java.nio.file.Path;

/// The storage behind the CSI driver: volumes and snapshots as sparse files under one folder.
/// Handles are the CSI handles.
///
/// A Block volume is one file; a Filesystem volume is a folder (disks in it are `disk.img`).
/// Thread-safe.
public interface VolumeStore {
  /// Creates an empty volume; an existing one of the same handle is left.
  void create(String volumeHandle, long sizeBytes, boolean block) throws IOException;

  /// Creates a volume from a snapshot; grows to `sizeBytes` where larger.
  void createFromSnapshot(String volumeHandle, String snapshotHandle, long sizeBytes)
      throws IOException;

  /// Creates a volume as a copy of another.
  void createFromVolume(String volumeHandle, String sourceHandle, long sizeBytes)
      throws IOException;

  /// Copies the volume at one instant, which it returns.
  java.time.Instant snapshot(String snapshotHandle, String volumeHandle) throws IOException;

  void deleteVolume(String volumeHandle) throws IOException;

  void deleteSnapshot(String snapshotHandle) throws IOException;

  /// Grows a volume; a larger one is left.
  void expand(String volumeHandle, long sizeBytes) throws IOException;

  /// The bytes of a snapshot of a Block volume; 0 for a Filesystem volume, whose size only its
  /// claim knows.
  long snapshotSizeBytes(String snapshotHandle) throws IOException;

  /// The instant that a snapshot shows.
  java.time.Instant snapshotInstant(String snapshotHandle) throws IOException;

  /// The file of a Block volume, the folder of a Filesystem volume.
  Path path(String volumeHandle);

  /// The disk of a volume: the file itself, or `disk.img` in the folder.
  DiskFile disk(String volumeHandle) throws IOException;
}
