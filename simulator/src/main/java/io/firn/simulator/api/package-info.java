/// A Kubernetes API server in one process. [ApiServer] is the way in.
///
/// A request flows one way: `HttpFront` (HTTP, faults, tokens) → `Dispatcher` (what is it about, is
/// it allowed) → `ResourceRequests` → `Reads`, `Writes`, `Deletions` or `Watches` → `Store`, where
/// one revision counter orders everything. Whoever reacts to changes (served CRDs, owner index,
/// `Housekeeping`) listens to the store. What is known of the built-in kinds lies in text files:
/// their names in `builtin-resources.txt`, their fields in `protobuf/`.
@NullMarked
package io.firn.simulator.api;

import org.jspecify.annotations.NullMarked;
