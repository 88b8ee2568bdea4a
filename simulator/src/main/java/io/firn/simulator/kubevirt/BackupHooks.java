package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;

/// The annotations by which KubeVirt asks Velero to freeze the guest around a backup.
final class BackupHooks {
  private BackupHooks() {}

  static void annotate(ObjectNode instance, ObjectNode annotations) {
    annotations
        .put("pre.hook.backup.velero.io/container", "compute")
        .put("pre.hook.backup.velero.io/command", command(instance, "--freeze"))
        .put("pre.hook.backup.velero.io/timeout", "60s")
        .put("post.hook.backup.velero.io/container", "compute")
        .put("post.hook.backup.velero.io/command", command(instance, "--unfreeze"));
  }

  private static String command(ObjectNode instance, String action) {
    String text =
        Fields.newArray()
            .add("/usr/bin/virt-freezer")
            .add(action)
            .add("--name")
            .add(Meta.name(instance))
            .add("--namespace")
            .add(Meta.namespace(instance))
            .toString();
    return text.replace(",", ", ");
  }
}
