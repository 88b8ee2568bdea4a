package io.firn.point;

import java.util.Optional;

/// What object storage itself enforces. `defaultRetention` is what it protects new objects with
/// that ask for nothing, such as `compliance:30d`.
public record StoreProtection(
    boolean versioning, boolean objectLock, Optional<String> defaultRetention) {}
