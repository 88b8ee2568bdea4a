/// The worlds that one suite of tests runs in: the simulator, and real parts in its place.
@NullMarked
package io.firn.simulator.world;

import org.jspecify.annotations.NullMarked;
