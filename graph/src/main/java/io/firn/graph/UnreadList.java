package io.firn.graph;

/// Objects of a kind that could not be listed while a graph was made. `namespace` is "" for a
/// cluster-scoped kind, `why` what the API server said. `weighty`: what is unknown for it would be
/// part of a machine, or tells how a machine is; else only what every cluster makes or has itself.
public record UnreadList(ResourceKind kind, String namespace, String why, boolean weighty) {}
