/// An API server that runs elsewhere, as the simulator's parts use it: connections, webhooks and
/// aggregated groups that it asks over HTTPS.
@NullMarked
package io.firn.simulator.remote;

import org.jspecify.annotations.NullMarked;
