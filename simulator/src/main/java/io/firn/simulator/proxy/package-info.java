/// A door in front of a real API server that makes requests go wrong.
@NullMarked
package io.firn.simulator.proxy;

import org.jspecify.annotations.NullMarked;
