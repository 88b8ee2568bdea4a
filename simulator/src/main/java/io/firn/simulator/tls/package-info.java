/// Certificates and ports for what the simulator serves over TLS.
@NullMarked
package io.firn.simulator.tls;

import org.jspecify.annotations.NullMarked;
