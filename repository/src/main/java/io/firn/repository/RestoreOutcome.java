package io.firn.repository;

/// What writing a disk back did; bytes. `digest` as in [DiskOutcome], of what was written.
public record RestoreOutcome(long sizeBytes, long bytesWritten, long bytesZero, Digest digest) {}
