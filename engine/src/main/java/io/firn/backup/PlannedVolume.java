package io.firn.backup;

import io.firn.graph.ClaimRole;
import io.firn.graph.ObjectRef;

/// One claim to capture, by a VolumeSnapshot of that class. `block` is the claim's volume mode;
/// sizes in bytes: what the claim asks for and what it has.
public record PlannedVolume(
    ObjectRef claim,
    ClaimRole role,
    String volume,
    boolean block,
    String storageClass,
    String snapshotClass,
    String driver,
    long requestBytes,
    long capacityBytes) {}
