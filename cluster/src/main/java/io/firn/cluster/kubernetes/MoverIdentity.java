package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverTemplate;
import java.util.List;

/// As whom a mover runs. Disks of virtual machines belong to user and group 107 (qemu), and so do
/// movers: the node gives devices to the pod's user where KubeVirt's own importer runs, and folders
/// to its group. Root, where it is told, keeps that group, so that what it writes is still the
/// machines'. Where the namespace gives its pods a user (`assigned`), none is asked for. What a
/// template says comes first. Stateless.
record MoverIdentity(boolean root, boolean assigned) {
  private static final int QEMU = 107;

  /// To read and write what is anybody's, and to leave it as it was.
  private static final List<String> OF_ROOT = List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID");

  void apply(ObjectNode pod) {
    ObjectNode security = pod.withObjectProperty("securityContext");
    ObjectNode container = (ObjectNode) MoverTemplate.container(pod);
    ObjectNode own = container.withObjectProperty("securityContext");
    JsonNode told = own.has("runAsUser") ? own.path("runAsUser") : security.path("runAsUser");
    boolean asRoot = told.isMissingNode() ? root : told.asInt() == 0;
    if (told.isMissingNode() && (root || !assigned)) {
      security.put("runAsUser", root ? 0 : QEMU);
    }
    if (root || !assigned) {
      standard(security, "runAsGroup");
      standard(security, "fsGroup");
    }
    if (!security.has("runAsNonRoot")) {
      security.put("runAsNonRoot", !asRoot);
    }
    if (!security.has("fsGroupChangePolicy")) {
      security.put("fsGroupChangePolicy", "OnRootMismatch");
    }
    if (!security.has("seccompProfile")) {
      security.putObject("seccompProfile").put("type", "RuntimeDefault");
    }
    ObjectNode capabilities = own.withObjectProperty("capabilities");
    if (asRoot && !capabilities.has("add")) {
      OF_ROOT.forEach(capabilities.putArray("add")::add);
    }
  }

  private static void standard(ObjectNode security, String field) {
    if (!security.has(field)) {
      security.put(field, QEMU);
    }
  }
}
