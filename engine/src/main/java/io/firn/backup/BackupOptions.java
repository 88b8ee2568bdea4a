package io.firn.backup;

import io.firn.cluster.MoverTemplate;
import io.firn.repository.Compression;
import java.time.Duration;

/// How a backup is done.
///
/// `unfreezeTimeout`: a guest thaws by itself after that, whatever becomes of us.
/// `snapshotDeadline`: how long all VolumeSnapshots together may take until they are cut.
/// `readyDeadline`: how long until they are usable. `exportDeadline`: how long all movers may take;
/// temporary objects expire after it. `parallelMovers` run at once, each retried `moverRetries`
/// times. `blockSizeBytes` 0 for the default of each disk's size; `workers` 0 for the mover's own
/// default. `compression` is that of the disks. `mover` is what their pods are to have.
public record BackupOptions(
    Duration unfreezeTimeout,
    Duration snapshotDeadline,
    Duration readyDeadline,
    Duration exportDeadline,
    int parallelMovers,
    int moverRetries,
    MoverTemplate mover,
    int blockSizeBytes,
    int workers,
    Compression compression) {
  public static final BackupOptions DEFAULT =
      new BackupOptions(
          Duration.ofMinutes(2),
          Duration.ofSeconds(90),
          Duration.ofMinutes(30),
          Duration.ofHours(24),
          4,
          2,
          MoverTemplate.STANDARD,
          0,
          0,
          Compression.FASTEST);

  public BackupOptions {
    if (parallelMovers < 1 || moverRetries < 0) {
      throw new IllegalArgumentException(
          "parallelMovers " + parallelMovers + ", moverRetries " + moverRetries);
    }
  }
}
