package io.firn.repository;

/// What storing a disk did; bytes. `digest` is the block digest: SHA-256 over the SHA-256 of each
/// block of `blockSizeBytes` in order (the last block may be shorter); it does not depend on how
/// the disk is stored, so anybody can compute it from the raw disk. `bytesNew` is data that the
/// repository did not have, before compression, zeros not counted; `bytesStored` is what was added;
/// `changes` says whether changed ranges were followed.
public record DiskOutcome(
    StoredFile file,
    int blockSizeBytes,
    Digest digest,
    long bytesRead,
    long bytesZero,
    long bytesNew,
    long bytesStored,
    ChangesOutcome changes) {}
