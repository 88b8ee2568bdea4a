/// Puts the parts together: the main class, the demo, the simulator's commands.
@NullMarked
package io.firn.dist;

import org.jspecify.annotations.NullMarked;
