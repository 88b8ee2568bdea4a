package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.function.Predicate;

/// Objects that ask KubeVirt to do something with a VM (snapshot, restore, clone, export, backup):
/// made anew, they would do it once more, as their status is lost on the way. A backup tracker
/// remembers a checkpoint that no restored disk has. Kinds that leave a mark on the VM are looked
/// for only where that mark is: each kind is one more list to read.
final class ActionLinks implements ObjectLinks {
  private static final ActionKind BACKUP =
      new ActionKind(Kinds.VM_BACKUP, "spec.source", ActionLinks::tracksBlocks);
  private static final List<ActionKind> ACTIONS =
      List.of(
          new ActionKind(Kinds.VM_SNAPSHOT, "spec.source", _ -> true),
          new ActionKind(Kinds.VM_RESTORE, "spec.target", ActionLinks::wasRestored),
          new ActionKind(Kinds.VM_CLONE, "spec.source", _ -> true),
          new ActionKind(Kinds.VM_EXPORT, "spec.source", _ -> true),
          BACKUP,
          new ActionKind(Kinds.VM_BACKUP_TRACKER, "spec.source", ActionLinks::tracksBlocks));

  @Override
  public ResourceKind from() {
    return Kinds.VIRTUAL_MACHINE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode vm, Draft draft) {
    List<ActionKind> possible = ACTIONS.stream().filter(kind -> kind.mark().test(vm)).toList();
    for (ActionKind action : possible) {
      for (ObjectNode object : action.on(ref, draft.index())) {
        ObjectRef to = ObjectRef.of(action.resource(), ref.namespace(), Json.name(object));
        draft.link(ref, to, Need.NEVER_RESTORE, action.path());
        if (action.resource().equals(Kinds.VM_BACKUP_TRACKER)) {
          followTracker(to, draft);
        }
      }
    }
  }

  /// Backups that go through a tracker name it in place of the VM.
  private static void followTracker(ObjectRef tracker, Draft draft) {
    for (ObjectNode backup : BACKUP.on(tracker, draft.index())) {
      ObjectRef to = ObjectRef.of(Kinds.VM_BACKUP, tracker.namespace(), Json.name(backup));
      draft.link(tracker, to, Need.NEVER_RESTORE, BACKUP.path());
    }
  }

  /// KubeVirt marks the VM that it has restored, or is restoring.
  private static boolean wasRestored(ObjectNode vm) {
    return Json.text(vm, "status.restoreInProgress").isPresent()
        || vm.path("metadata").path("annotations").has("restore.kubevirt.io/lastRestoreUID");
  }

  /// KubeVirt backs up only VMs whose changed blocks it tracks.
  private static boolean tracksBlocks(ObjectNode vm) {
    return Json.at(vm, "status.changedBlockTracking").isObject();
  }

  /// A kind of action, where it names what it acts on, and what a VM looks like that it can exist
  /// for.
  private record ActionKind(ResourceKind resource, String target, Predicate<ObjectNode> mark) {
    List<ObjectNode> on(ObjectRef ref, ObjectIndex index) {
      return index.list(resource, ref.namespace()).where(byTarget(), ref.kind() + "/" + ref.name());
    }

    String path() {
      return resource.kind() + " " + target + ".name";
    }

    private Indexing byTarget() {
      return new Indexing(
          "target " + target,
          object ->
              List.of(
                  Json.text(object, target + ".kind").orElse("")
                      + "/"
                      + Json.text(object, target + ".name").orElse("")));
    }
  }
}
