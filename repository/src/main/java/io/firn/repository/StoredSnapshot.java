package io.firn.repository;

/// A snapshot and its ID.
public record StoredSnapshot(SnapshotId id, Snapshot snapshot) {}
