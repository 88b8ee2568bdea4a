package io.firn.restore;

import io.firn.cluster.MoverTemplate;
import java.time.Duration;

/// How a restore is done. `mover` is what movers' pods are to have. `parallelMovers` run at once,
/// each retried `moverRetries` times; `workers` 0 for the mover's own default. `populateDeadline`:
/// how long all movers may take; temporary objects expire after it. `objectDeadline`: how long the
/// cluster may take over one object (a claim to be deleted, a DataVolume to be adopted).
/// `startDeadline`: how long to wait for machines to run again; a machine that needs longer is a
/// warning.
public record RestoreOptions(
    MoverTemplate mover,
    int parallelMovers,
    int moverRetries,
    int workers,
    Duration populateDeadline,
    Duration objectDeadline,
    Duration startDeadline) {
  public static final RestoreOptions DEFAULT =
      new RestoreOptions(
          MoverTemplate.STANDARD,
          4,
          2,
          0,
          Duration.ofHours(24),
          Duration.ofMinutes(3),
          Duration.ofMinutes(5));

  public RestoreOptions {
    if (parallelMovers < 1 || moverRetries < 0) {
      throw new IllegalArgumentException(
          "parallelMovers " + parallelMovers + ", moverRetries " + moverRetries);
    }
  }
}
