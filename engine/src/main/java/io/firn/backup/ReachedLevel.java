package io.firn.backup;

import io.firn.point.ConsistencyLevel;
import java.util.Optional;

/// The consistency that a machine's volumes were captured at. `frozenBy` says who froze the guest,
/// where it was.
record ReachedLevel(
    PlannedMachine machine,
    ConsistencyLevel level,
    String reason,
    Optional<String> frozenBy,
    long freezeMillis,
    long skewMillis) {}
