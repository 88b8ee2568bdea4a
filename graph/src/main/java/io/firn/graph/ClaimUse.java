package io.firn.graph;

/// A volume claim of a machine. `volume` is the name of the volume in the machine's spec (backend
/// storage: `persistent-state-for-this-vm`).
public record ClaimUse(ObjectRef machine, ObjectRef claim, ClaimRole role, String volume) {}
