package io.firn.repository.check;

import io.firn.repository.SnapshotId;

/// A file, or a folder that cannot be read, that is lost in part or in whole. `path` begins with
/// `/`.
public record HurtFile(SnapshotId snapshot, String path) {}
