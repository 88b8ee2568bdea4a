package io.firn.point;

import io.firn.repository.RepositoryWriter;
import io.firn.repository.SnapshotId;
import java.time.InstantSource;

/// Seals a point: definitions, manifest, graph and volume folders become one snapshot. Until then
/// nothing of it is visible.
///
/// One per point. Errors are [io.firn.failure.FirnException].
public final class PointWriter {
  private final RepositoryWriter writer;
  private final InstantSource clock;

  public PointWriter(RepositoryWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /// Writes it all, durably; from its return on the point exists.
  public SnapshotId seal(PointContent content) {
    throw new UnsupportedOperationException("stub " + content.run() + writer.bytesStored() + clock);
  }
}
