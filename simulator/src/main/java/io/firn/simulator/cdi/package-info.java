/// CDI: DataVolumes, imports, adoption, admission.
@NullMarked
package io.firn.simulator.cdi;

import org.jspecify.annotations.NullMarked;
