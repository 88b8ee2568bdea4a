package io.firn.graph.links;

import io.firn.graph.Kinds;
import io.firn.graph.Need;

/// The service account that the launcher pod runs as.
final class ServiceAccountLinks implements MachineLinks {
  private static final String FIELD = "serviceAccountName";

  @Override
  public void follow(Machine machine, Draft draft) {
    Json.text(machine.spec(), FIELD)
        .map(name -> machine.sibling(Kinds.SERVICE_ACCOUNT, name))
        .ifPresent(ref -> draft.link(machine.ref(), ref, Need.REQUIRED, machine.path(FIELD)));
  }
}
