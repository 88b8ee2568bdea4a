package io.firn.doctor;

import io.firn.cluster.Cluster;
import java.time.InstantSource;

/// Finds what dead runs have left in a cluster, and removes it.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public final class Doctor {
  private final Cluster cluster;
  private final InstantSource clock;

  public Doctor(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// Looks, in one namespace or in all (""). Changes nothing.
  public DoctorReport examine(String namespace) {
    throw new UnsupportedOperationException("stub " + namespace + cluster + clock);
  }

  /// Removes what the report calls removable and thaws what it calls orphaned. Idempotent.
  public CureReport cure(DoctorReport report) {
    throw new UnsupportedOperationException("stub " + report);
  }
}
