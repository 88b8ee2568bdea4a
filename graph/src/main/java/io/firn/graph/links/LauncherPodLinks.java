package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An instance and the pods that run it: launchers (two during a migration) and the pods that hold
/// hot-plugged disks, which belong to a launcher. Pods that have ended are left out.
final class LauncherPodLinks implements ObjectLinks {
  private static final Indexing CREATED_BY = Indexing.label("kubevirt.io/created-by");
  private static final Indexing DOMAIN = Indexing.annotation("kubevirt.io/domain");
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode instance, Draft draft) {
    Listing pods = draft.index().list(Kinds.POD, ref.namespace());
    Map<String, String> paths = new LinkedHashMap<>();
    for (ObjectNode pod : pods.where(Indexing.OWNER_UID, Json.uid(instance))) {
      addIfRuns(pod, "virt-launcher", "pod metadata.ownerReferences", paths);
    }
    for (ObjectNode pod : pods.where(CREATED_BY, Json.uid(instance))) {
      addIfRuns(pod, "virt-launcher", "pod label kubevirt.io/created-by", paths);
    }
    for (ObjectNode pod : pods.where(DOMAIN, ref.name())) {
      if (Owner.of(pod).isEmpty()) {
        addIfRuns(pod, "virt-launcher", "pod annotation kubevirt.io/domain", paths);
      }
    }
    paths.forEach((pod, path) -> draft.link(ref, pod(ref, pod), Need.DERIVED, path));
    paths.keySet().forEach(launcher -> followAttachments(ref, launcher, pods, draft));
  }

  private static void followAttachments(
      ObjectRef instance, String launcher, Listing pods, Draft draft) {
    Map<String, String> paths = new LinkedHashMap<>();
    pods.named(launcher).stream()
        .flatMap(pod -> pods.where(Indexing.OWNER_UID, Json.uid(pod)).stream())
        .forEach(pod -> addIfRuns(pod, "hotplug-disk", "pod metadata.ownerReferences", paths));
    paths.forEach((pod, path) ->
        draft.link(pod(instance, launcher), pod(instance, pod), Need.NEVER_RESTORE, path));
  }

  private static void addIfRuns(
      ObjectNode pod, String role, String path, Map<String, String> paths) {
    boolean ended = ENDED.contains(Json.text(pod, "status.phase").orElse(""));
    if (Json.label(pod, "kubevirt.io").equals(role) && !ended) {
      paths.putIfAbsent(Json.name(pod), path);
    }
  }

  private static ObjectRef pod(ObjectRef instance, String name) {
    return ObjectRef.of(Kinds.POD, instance.namespace(), name);
  }
}
