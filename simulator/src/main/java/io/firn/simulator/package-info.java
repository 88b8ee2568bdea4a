/// A KubeVirt cluster on one machine. [SimulatedCluster] is the way in.
@NullMarked
package io.firn.simulator;

import org.jspecify.annotations.NullMarked;
