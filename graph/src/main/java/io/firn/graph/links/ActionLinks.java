package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;

/// Objects that ask KubeVirt to do something with a VM (snapshot, restore, clone, export, backup):
/// made anew, they would do it once more, as their status is lost on the way. A backup tracker
/// remembers a checkpoint that no restored disk has.
final class ActionLinks implements ObjectLinks {
  private static final List<ActionKind> ACTIONS =
      List.of(
          new ActionKind(Kinds.VM_SNAPSHOT, "spec.source"),
          new ActionKind(Kinds.VM_RESTORE, "spec.target"),
          new ActionKind(Kinds.VM_CLONE, "spec.source"),
          new ActionKind(Kinds.VM_EXPORT, "spec.source"),
          new ActionKind(Kinds.VM_BACKUP, "spec.source"),
          new ActionKind(Kinds.VM_BACKUP_TRACKER, "spec.source"));

  @Override
  public ResourceKind from() {
    return Kinds.VIRTUAL_MACHINE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode vm, Draft draft) {
    for (ActionKind action : ACTIONS) {
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
    var backups = new ActionKind(Kinds.VM_BACKUP, "spec.source");
    for (ObjectNode backup : backups.on(tracker, draft.index())) {
      ObjectRef to = ObjectRef.of(Kinds.VM_BACKUP, tracker.namespace(), Json.name(backup));
      draft.link(tracker, to, Need.NEVER_RESTORE, backups.path());
    }
  }

  /// A kind of action, and where it names what it acts on.
  private record ActionKind(ResourceKind resource, String target) {
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
