/// The Kubernetes API server: store, discovery, CRUD, watch, patches, garbage collection,
/// admission.
@NullMarked
package io.firn.simulator.api;

import org.jspecify.annotations.NullMarked;
