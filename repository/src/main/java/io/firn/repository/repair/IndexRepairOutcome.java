package io.firn.repository.repair;

/// What a repair of the index did: the plan that it carried out, how many index files it wrote, and
/// how many bytes of packs it added for blobs that it saved.
public record IndexRepairOutcome(IndexRepairPlan plan, int indexesWritten, long bytesStored) {}
