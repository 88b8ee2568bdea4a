package io.firn.backup;

import io.firn.graph.ObjectRef;

/// A claim of a machine that is not captured, and why.
public record ExcludedClaim(ObjectRef machine, ObjectRef claim, String reason) {}
