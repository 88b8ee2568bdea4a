/// A small JSON client for controllers: get, list, write, watch, and a work queue. It speaks to any
/// Kubernetes API server through fabric8's connection.
@NullMarked
package io.firn.simulator.client;

import org.jspecify.annotations.NullMarked;
