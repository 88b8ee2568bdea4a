package io.firn.repository.prune;

import io.firn.repository.PackId;
import java.time.Instant;
import java.util.Optional;

/// One pack that does not simply stay. `marked` is since when it has been meant for deletion,
/// `lockedUntil` when the storage will let go of it.
public record PlannedPack(
    PackId id,
    PackFate fate,
    long sizeBytes,
    long liveBytes,
    Optional<Instant> marked,
    Optional<Instant> lockedUntil) {}
