package io.firn.graph.links;

import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import java.util.Optional;

/// A VM's instancetype and preference, each with the ControllerRevision that holds what it said
/// when the VM was made. The revision is what the VM needs; the named object is a convenience.
final class InstancetypeLinks implements MachineLinks {
  @Override
  public void follow(Machine machine, Draft draft) {
    for (Matcher matcher : Matcher.values()) {
      Optional<ObjectRef> revision =
          matcher.revision(machine).map(name -> machine.sibling(Kinds.CONTROLLER_REVISION, name));
      matcher
          .unknownKind(machine)
          .ifPresent(kind ->
              draft.find(
                  Severity.WARNING,
                  machine.ref(),
                  machine.ref() + " names a kind that KubeVirt does not know: " + kind));
      matcher.named(machine).ifPresent(ref -> followNamed(machine, matcher, ref, revision, draft));
      revision.ifPresent(
          ref -> draft.link(machine.ref(), ref, Need.REQUIRED, matcher.revisionPath(machine)));
    }
  }

  private static void followNamed(
      Machine machine,
      Matcher matcher,
      ObjectRef named,
      Optional<ObjectRef> revision,
      Draft draft) {
    revision
        .filter(ref -> draft.index().find(ref).isPresent())
        .ifPresent(ref ->
            draft.explainAbsence(
                Severity.INFO,
                machine.ref(),
                named,
                named + " is gone; " + ref + " holds what " + machine.ref() + " needs"));
    draft.link(machine.ref(), named, Need.OPTIONAL, matcher.namePath(machine));
  }
}
