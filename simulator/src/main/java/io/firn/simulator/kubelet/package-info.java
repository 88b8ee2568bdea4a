/// Runs pods: movers as processes, launchers as guests.
@NullMarked
package io.firn.simulator.kubelet;

import org.jspecify.annotations.NullMarked;
