package io.firn.graph.links;

import io.firn.graph.Kinds;
import io.firn.graph.Need;

/// The Secret that a kernel image is pulled with.
final class KernelBootLinks implements MachineLinks {
  private static final String FIELD = "domain.firmware.kernelBoot.container.imagePullSecret";

  @Override
  public void follow(Machine machine, Draft draft) {
    Json.text(machine.spec(), FIELD)
        .map(name -> machine.sibling(Kinds.SECRET, name))
        .ifPresent(ref -> draft.link(machine.ref(), ref, Need.REQUIRED, machine.path(FIELD)));
  }
}
