package io.firn.repository.key;

import io.firn.repository.KeyId;
import java.time.Instant;

/// One key of a repository, as a list shows it. `current` is the one that this repository was
/// opened with.
public record KeyEntry(
    KeyId id, String username, String hostname, Instant created, boolean current) {}
