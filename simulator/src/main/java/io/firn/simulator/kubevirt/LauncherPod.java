package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.array;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Manifests;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Quantities;
import io.firn.simulator.client.Types;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The launcher pod of an instance: what is the same for all lies in `launcher-pod.yaml`.
final class LauncherPod {
  static final String IMAGE = "virt-launcher";
  private static final long MEBIBYTE = 1024 * 1024;
  private static final Set<String> NOT_COPIED =
      Set.of(
          InstanceBuilder.LATEST_VERSION,
          InstanceBuilder.STORAGE_VERSION,
          "kubectl.kubernetes.io/last-applied-configuration");

  private LauncherPod() {}

  /// `backend` is the claim with TPM and EFI state; `block` says of a claim whether it is a device.
  static ObjectNode build(ObjectNode instance, Optional<String> backend, Predicate<String> block) {
    String name = Meta.name(instance);
    ObjectNode pod = Types.POD.newObject(Meta.namespace(instance), "");
    Fields.object(pod, "metadata").put("generateName", "virt-launcher-" + name + "-");
    labels(instance, Meta.labels(pod));
    annotations(instance, Meta.annotations(pod));
    Meta.setController(pod, instance);
    ObjectNode spec = Manifests.read(LauncherPod.class, "launcher-pod.yaml");
    pod.set("spec", spec);
    String hostname = text(instance, "spec", "hostname");
    spec.put("hostname", hostname.isEmpty() ? name : hostname);
    compute(instance, (ObjectNode) spec.path("containers").path(0));
    console(instance, (ObjectNode) spec.path("initContainers").path(0));
    new LauncherVolumes(spec, block).add(instance, backend);
    return pod;
  }

  private static void labels(ObjectNode instance, ObjectNode labels) {
    InstanceBuilder.copy(Fields.at(instance, "metadata", "labels"), labels);
    labels
        .put("kubevirt.io", "virt-launcher")
        .put(InstanceBuilder.CREATED_BY, Meta.uid(instance))
        .put("vm.kubevirt.io/name", Meta.name(instance))
        .put("vmi.kubevirt.io/id", Meta.name(instance));
  }

  private static void annotations(ObjectNode instance, ObjectNode annotations) {
    for (Map.Entry<String, ?> entry : Fields.at(instance, "metadata", "annotations").properties()) {
      if (!NOT_COPIED.contains(entry.getKey())) {
        annotations.put(entry.getKey(), Meta.annotation(instance, entry.getKey()));
      }
    }
    annotations
        .put("descheduler.alpha.kubernetes.io/request-evict-only", "")
        .put("kubectl.kubernetes.io/default-container", "compute")
        .put("kubevirt.io/domain", Meta.name(instance))
        .put(
            "kubevirt.io/memory-overhead-bytes",
            Long.toString(overheadMebibytes(instance) * MEBIBYTE))
        .put("kubevirt.io/migrationTransportUnix", "true");
    if (masquerades(instance)) {
      annotations
          .put("istio.io/reroute-virtual-interfaces", "k6t-eth0")
          .put("traffic.sidecar.istio.io/kubevirtInterfaces", "k6t-eth0");
    }
    networks(instance, annotations);
    if (!Meta.annotation(instance, "kubevirt.io/skip-backup-hooks").equals("true")) {
      BackupHooks.annotate(instance, annotations);
    }
  }

  private static boolean masquerades(ObjectNode instance) {
    return objects(instance, "spec", "domain", "devices", "interfaces").stream()
        .anyMatch(card -> card.has("masquerade"));
  }

  /// Multus reads the secondary networks from an annotation.
  private static void networks(ObjectNode instance, ObjectNode annotations) {
    ArrayNode attachments = Fields.newArray();
    for (ObjectNode network : objects(instance, "spec", "networks")) {
      String wanted = text(network, "multus", "networkName");
      if (!wanted.isEmpty()) {
        int slash = wanted.indexOf('/');
        attachments
            .addObject()
            .put("name", wanted.substring(slash + 1))
            .put("namespace", slash < 0 ? Meta.namespace(instance) : wanted.substring(0, slash))
            .put("interface", "pod" + Integer.toHexString(text(network, "name").hashCode()));
      }
    }
    if (!attachments.isEmpty()) {
      annotations.put("k8s.v1.cni.cncf.io/networks", attachments.toString());
    }
  }

  private static void compute(ObjectNode instance, ObjectNode container) {
    ArrayNode args = array(container, "args");
    args.add("--qemu-timeout").add("300s");
    args.add("--name").add(Meta.name(instance));
    args.add("--uid").add(Meta.uid(instance));
    args.add("--namespace").add(Meta.namespace(instance));
    args.add("--grace-period-seconds").add("45");
    long guest = Quantities.bytes(text(instance, "spec", "domain", "memory", "guest"));
    Fields.object(container, "resources", "requests")
        .put("memory", guest / MEBIBYTE + overheadMebibytes(instance) + "Mi");
  }

  private static void console(ObjectNode instance, ObjectNode container) {
    array(container, "args")
        .add("--logfile")
        .add("/var/run/kubevirt-private/" + Meta.uid(instance) + "/virt-serial0-log");
  }

  /// What the launcher itself needs of memory; a TPM costs more.
  static long overheadMebibytes(ObjectNode instance) {
    return Fields.has(instance, "spec", "domain", "devices", "tpm") ? 341 : 288;
  }
}
