package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import java.util.List;
import java.util.Optional;

/// The claim that keeps TPM and EFI state. It is searched for by its label whatever the spec says,
/// because the wish for it may come from a preference.
final class BackendStorageLinks implements MachineLinks {
  static final String VOLUME = "persistent-state-for-this-vm";

  @Override
  public void follow(Machine machine, Draft draft) {
    switch (machine.kind()) {
      case VIRTUAL_MACHINE, INSTANCE -> followMachine(machine, draft);
      // Their machines and instances have their own.
      case REPLICA_SET, POOL -> {}
    }
  }

  private static void followMachine(Machine machine, Draft draft) {
    StateNeed need = StateNeed.of(machine, draft.index());
    List<ObjectNode> claims = StateClaims.of(machine, draft.index());
    claims.stream().skip(1).forEach(other -> reportOther(machine, other, draft));
    claims.stream()
        .findFirst()
        .ifPresentOrElse(
            claim -> link(machine, claim, need, draft), () -> reportNone(machine, need, draft));
    StateClaims.migrationTargets(machine, draft.index())
        .forEach(target ->
            draft.link(
                machine.ref(),
                machine.sibling(Kinds.CLAIM, Json.name(target)),
                Need.DERIVED,
                "claim label kubevirt.io/migrationName"));
  }

  private static void link(Machine machine, ObjectNode object, StateNeed need, Draft draft) {
    ObjectRef claim = machine.sibling(Kinds.CLAIM, Json.name(object));
    draft.link(machine.ref(), claim, need.need(), StateClaims.path(object));
    draft.claim(new ClaimUse(Ownership.claimant(machine, draft), claim, need.role(), VOLUME));
    need.remark(machine.ref(), claim).ifPresent(text -> draft.find(need.severity(), claim, text));
  }

  private static void reportNone(Machine machine, StateNeed need, Draft draft) {
    switch (need) {
      case KEPT -> reportExpected(machine, draft);
      case POSSIBLE, TRACKING, LEFTOVER -> {}
    }
  }

  private static void reportExpected(Machine machine, Draft draft) {
    Optional<ObjectNode> instance = machine.instance(draft.index());
    if (instance.isEmpty() && !Json.isTrue(machine.object(), "status.created")) {
      draft.find(
          Severity.INFO,
          machine.ref(),
          machine.ref()
              + " has persistent TPM or EFI state, but no claim for it yet: KubeVirt makes"
              + " it at the first start");
      return;
    }
    ObjectRef expected =
        machine.sibling(Kinds.CLAIM, StateClaims.LEGACY_PREFIX + machine.ref().name());
    draft.explainAbsence(
        Severity.ERROR,
        machine.ref(),
        expected,
        "the claim with the TPM and EFI state of %s is missing: no claim has the label persistent-state-for=%s"
            .formatted(machine.ref(), machine.ref().name()));
    draft.link(machine.ref(), expected, Need.REQUIRED, StateClaims.LABEL_PATH);
    draft.claim(
        new ClaimUse(
            Ownership.claimant(machine, draft), expected, ClaimRole.BACKEND_STORAGE, VOLUME));
  }

  private static void reportOther(Machine machine, ObjectNode other, Draft draft) {
    ObjectRef claim = machine.sibling(Kinds.CLAIM, Json.name(other));
    draft.find(
        Severity.WARNING,
        claim,
        "%s has the label of the TPM and EFI state of %s, as another claim has: it is left out"
            .formatted(claim, machine.ref()));
  }
}
