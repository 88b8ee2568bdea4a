package io.firn.backup;

import io.firn.graph.ObjectRef;
import java.time.Instant;
import java.util.Optional;

/// A volume whose VolumeSnapshot is cut: `cutAt` as precisely as the cluster tells this user (a
/// namespace user sees whole seconds), `handle` the driver's own name of the snapshot, where told.
record CutVolume(
    PlannedVolume volume, ObjectRef snapshot, Instant cutAt, Optional<String> handle) {}
