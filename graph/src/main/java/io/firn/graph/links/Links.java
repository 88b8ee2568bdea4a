package io.firn.graph.links;

/// One family of edges. Adding a kind to the graph is one such class and one line in [Rules].
sealed interface Links permits MachineLinks, ObjectLinks {}
