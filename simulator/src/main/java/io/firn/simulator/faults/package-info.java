/// Seeded faults.
@NullMarked
package io.firn.simulator.faults;

import org.jspecify.annotations.NullMarked;
