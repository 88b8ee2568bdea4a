/// Guests that really write bytes.
@NullMarked
package io.firn.simulator.guest;

import org.jspecify.annotations.NullMarked;
