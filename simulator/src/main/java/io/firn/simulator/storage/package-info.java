/// CSI provisioner and snapshotter over sparse files.
@NullMarked
package io.firn.simulator.storage;

import org.jspecify.annotations.NullMarked;
