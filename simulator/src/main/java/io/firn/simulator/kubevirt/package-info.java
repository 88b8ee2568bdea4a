/// virt-api, virt-controller and the node agent, as API clients and admission.
@NullMarked
package io.firn.simulator.kubevirt;

import org.jspecify.annotations.NullMarked;
