package io.firn.repository.lock;

import java.time.Duration;
import java.time.Instant;

/// One lock of a repository, as a list shows it. `age` is since its last refresh; `stale` means
/// that its owner is gone, as far as can be told.
public record LockEntry(
    LockId id,
    Instant time,
    Duration age,
    boolean exclusive,
    String hostname,
    String username,
    long pid,
    boolean stale) {}
