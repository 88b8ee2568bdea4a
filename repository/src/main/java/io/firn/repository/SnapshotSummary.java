package io.firn.repository;

import java.time.Instant;

/// The sizes of a snapshot; bytes. `dataAddedPacked` is what was stored, after compression.
public record SnapshotSummary(
    Instant backupStart,
    Instant backupEnd,
    long filesProcessed,
    long bytesProcessed,
    long dataBlobs,
    long treeBlobs,
    long dataAdded,
    long dataAddedPacked) {}
