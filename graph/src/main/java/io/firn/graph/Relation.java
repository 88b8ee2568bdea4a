package io.firn.graph;

/// One edge: `from` needs `to`. `path` is the JSON path (or rule) in `from` that names `to`, as a
/// person would look it up: `spec.template.spec.volumes[root].dataVolume.name`.
public record Relation(ObjectRef from, ObjectRef to, Need need, String path) {}
