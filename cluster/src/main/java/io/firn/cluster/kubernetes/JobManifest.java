package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverJobs.Mount;
import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.graph.Kinds;

/// The Job of a mover: one pod that is never restarted in place, so that each attempt has a pod, a
/// log and a termination message of its own, and that holds no credentials of the API server.
///
/// Disks of virtual machines belong to user and group 107 (qemu); a mover that sees only folders
/// runs as that user. Devices and folders of the node can need root to be opened; then group 107
/// still owns what is written.
final class JobManifest {
  static final String MOVER_LABEL = "firn.io/mover";
  static final String CONTAINER = "mover";
  private static final int QEMU = 107;

  private final MoverSpec spec;

  JobManifest(MoverSpec spec) {
    this.spec = spec;
  }

  ObjectNode toJson() {
    ObjectNode job = Json.object();
    job.put("apiVersion", Kinds.JOB.apiVersion()).put("kind", Kinds.JOB.kind());
    ObjectNode metadata = job.putObject("metadata");
    metadata.put("name", spec.name()).put("namespace", spec.namespace());
    mark(metadata);
    ObjectNode jobSpec = job.putObject("spec");
    jobSpec.put("backoffLimit", spec.retries()).put("completions", 1).put("parallelism", 1);
    failurePolicy(jobSpec.putObject("podFailurePolicy").putArray("rules"));
    ObjectNode template = jobSpec.putObject("template");
    mark(template.putObject("metadata"));
    pod(template.putObject("spec"));
    return job;
  }

  /// The first rule that fits decides, so a mover that ends badly because its pod is being evicted
  /// is tried again whatever it says. Values must be in rising order (decision 0038).
  private void failurePolicy(ArrayNode rules) {
    rules
        .addObject()
        .put("action", "Ignore")
        .putArray("onPodConditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True");
    if (!spec.finalExitCodes().isEmpty()) {
      ObjectNode codes = rules.addObject().put("action", "FailJob").putObject("onExitCodes");
      codes.put("containerName", CONTAINER).put("operator", "In");
      ArrayNode values = codes.putArray("values");
      spec.finalExitCodes().stream().sorted().forEach(values::add);
    }
  }

  /// The value of the label by which a Job's pods are found.
  static String moverLabel(String jobName) {
    return jobName.length() <= 63
        ? jobName
        : jobName.substring(0, 50) + "-" + Integer.toHexString(jobName.hashCode());
  }

  private void mark(ObjectNode metadata) {
    metadata
        .putObject("labels")
        .put("firn.io/run", spec.labels().run())
        .put("app.kubernetes.io/managed-by", "firn")
        .put(MOVER_LABEL, moverLabel(spec.name()));
    metadata
        .putObject("annotations")
        .put("firn.io/expires", Long.toString(spec.labels().expiresEpochSecond()))
        .put("sidecar.istio.io/inject", "false");
  }

  private void pod(ObjectNode pod) {
    pod.put("restartPolicy", "Never");
    pod.put("automountServiceAccountToken", false);
    spec.serviceAccount().ifPresent(name -> pod.put("serviceAccountName", name));
    pod.put("enableServiceLinks", false);
    boolean root = spec.mounts().stream().anyMatch(JobManifest::mayNeedRoot);
    ObjectNode security = pod.putObject("securityContext");
    security.put("runAsUser", root ? 0 : QEMU).put("runAsGroup", QEMU).put("fsGroup", QEMU);
    security.put("runAsNonRoot", !root).put("fsGroupChangePolicy", "OnRootMismatch");
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    container(pod.putArray("containers").addObject(), root);
    ArrayNode volumes = pod.putArray("volumes");
    for (int i = 0; i < spec.mounts().size(); i++) {
      volume(volumes.addObject().put("name", volumeName(i)), spec.mounts().get(i));
    }
  }

  private void container(ObjectNode container, boolean root) {
    container.put("name", CONTAINER).put("image", spec.image());
    container.put("imagePullPolicy", "IfNotPresent");
    ArrayNode args = container.putArray("args");
    spec.arguments().forEach(args::add);
    container.put("terminationMessagePath", "/dev/termination-log");
    container.put("terminationMessagePolicy", "File");
    ObjectNode resources = container.putObject("resources");
    resources.putObject("requests").put("cpu", "250m").put("memory", "512Mi");
    resources.putObject("limits").put("memory", "768Mi");
    ObjectNode security = container.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false);
    ObjectNode capabilities = security.putObject("capabilities");
    capabilities.putArray("drop").add("ALL");
    if (root) {
      capabilities.putArray("add").add("CHOWN").add("DAC_OVERRIDE").add("FOWNER");
    }
    ArrayNode mounts = container.putArray("volumeMounts");
    ArrayNode devices = container.putArray("volumeDevices");
    for (int i = 0; i < spec.mounts().size(); i++) {
      Mount mount = spec.mounts().get(i);
      switch (mount) {
        case Mount.Device device ->
            devices.addObject().put("name", volumeName(i)).put("devicePath", device.path());
        case Mount.Folder folder ->
            mount(mounts, i, folder.path()).put("readOnly", folder.readOnly());
        case Mount.SecretFiles secret -> mount(mounts, i, secret.path()).put("readOnly", true);
        case Mount.HostPath host -> mount(mounts, i, host.path());
        case Mount.Nfs nfs -> mount(mounts, i, nfs.path());
      }
    }
  }

  private static ObjectNode mount(ArrayNode mounts, int index, String path) {
    return mounts.addObject().put("name", volumeName(index)).put("mountPath", path);
  }

  private static void volume(ObjectNode volume, Mount mount) {
    switch (mount) {
      case Mount.Folder folder ->
          volume
              .putObject("persistentVolumeClaim")
              .put("claimName", folder.claim())
              .put("readOnly", folder.readOnly());
      case Mount.Device device ->
          volume.putObject("persistentVolumeClaim").put("claimName", device.claim());
      case Mount.SecretFiles secret ->
          volume.putObject("secret").put("secretName", secret.secret()).put("defaultMode", 0440);
      case Mount.HostPath host ->
          volume.putObject("hostPath").put("path", host.hostPath()).put("type", "Directory");
      case Mount.Nfs nfs ->
          volume.putObject("nfs").put("server", nfs.server()).put("path", nfs.export());
    }
  }

  private static boolean mayNeedRoot(Mount mount) {
    return mount instanceof Mount.Device || mount instanceof Mount.HostPath;
  }

  private static String volumeName(int index) {
    return "v" + index;
  }
}
