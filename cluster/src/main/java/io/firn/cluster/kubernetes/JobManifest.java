package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverJobs.Mount;
import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.cluster.MoverTemplate;
import io.firn.cluster.PodTemplateMerge;
import io.firn.graph.Kinds;

/// The Job of a mover: one pod that is never restarted in place, so that each attempt has a pod, a
/// log and a termination message of its own, and that holds no credentials of the API server.
final class JobManifest {
  static final String MOVER_LABEL = "firn.io/mover";
  static final String CONTAINER = MoverTemplate.CONTAINER;

  private final MoverSpec spec;
  private final boolean assigned;

  /// `assigned` says that the namespace gives its pods user and group itself.
  JobManifest(MoverSpec spec, boolean assigned) {
    this.spec = spec;
    this.assigned = assigned;
  }

  ObjectNode job() {
    ObjectNode job = Json.object();
    job.put("apiVersion", Kinds.JOB.apiVersion()).put("kind", Kinds.JOB.kind());
    ObjectNode template = template();
    ObjectNode metadata = template.path("metadata").deepCopy();
    metadata.put("name", spec.name()).put("namespace", spec.namespace());
    job.set("metadata", metadata);
    ObjectNode jobSpec = job.putObject("spec");
    jobSpec.put("backoffLimit", spec.retries()).put("completions", 1).put("parallelism", 1);
    failurePolicy(jobSpec.putObject("podFailurePolicy").putArray("rules"));
    jobSpec.set("template", template);
    return job;
  }

  /// As the Job's controller makes them, but for the owner.
  ObjectNode pod() {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", Kinds.POD.apiVersion()).put("kind", Kinds.POD.kind());
    pod.setAll(template());
    ObjectNode metadata = (ObjectNode) pod.path("metadata");
    metadata.put("generateName", spec.name() + "-").put("namespace", spec.namespace());
    return pod;
  }

  private ObjectNode template() {
    ObjectNode own = Json.object();
    mark(own.putObject("metadata"));
    pod(own.putObject("spec"));
    ObjectNode merged = PodTemplateMerge.merge(own, spec.template().pod());
    ObjectNode pod = (ObjectNode) merged.path("spec");
    new MoverIdentity(root(), assigned).apply(pod);
    MoverMemory.apply(pod);
    return merged;
  }

  /// A folder of the node may be anybody's.
  private boolean root() {
    return spec.template().root()
        || spec.mounts().stream().anyMatch(m -> m instanceof Mount.HostPath);
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
        .put(MOVER_LABEL, moverLabel(spec.name()))
        .put("sidecar.istio.io/inject", "false");
    // A mesh's sidecar would go on when the mover is done, and the Job with it.
    metadata
        .putObject("annotations")
        .put("firn.io/expires", Long.toString(spec.labels().expiresEpochSecond()))
        .put("firn.io/owner", spec.labels().owner())
        .put("sidecar.istio.io/inject", "false")
        .put("linkerd.io/inject", "disabled")
        .put("kuma.io/sidecar-injection", "disabled");
  }

  private void pod(ObjectNode pod) {
    pod.put("restartPolicy", "Never");
    pod.put("automountServiceAccountToken", false);
    spec.serviceAccount().ifPresent(name -> pod.put("serviceAccountName", name));
    pod.put("enableServiceLinks", false);
    container(pod.putArray("containers").addObject());
    ArrayNode volumes = pod.putArray("volumes");
    for (int i = 0; i < spec.mounts().size(); i++) {
      volume(volumes.addObject().put("name", volumeName(i)), spec.mounts().get(i));
    }
    MoverScratch.volume(volumes);
  }

  private void container(ObjectNode container) {
    container.put("name", CONTAINER).put("image", spec.template().image());
    container.put("imagePullPolicy", "IfNotPresent");
    ArrayNode args = container.putArray("args");
    spec.arguments().forEach(args::add);
    container.put("terminationMessagePath", "/dev/termination-log");
    container.put("terminationMessagePolicy", "File");
    container.putObject("resources").putObject("requests").put("cpu", "250m");
    ObjectNode security = container.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
    security.putObject("capabilities").putArray("drop").add("ALL");
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
    MoverScratch.mount(mounts);
  }

  private static ObjectNode mount(ArrayNode mounts, int index, String path) {
    return mounts.addObject().put("name", volumeName(index)).put("mountPath", path);
  }

  private void volume(ObjectNode volume, Mount mount) {
    switch (mount) {
      case Mount.Folder folder ->
          volume
              .putObject("persistentVolumeClaim")
              .put("claimName", folder.claim())
              // A group is given only to what may be written; an assigned user has none but that.
              .put("readOnly", folder.readOnly() && !assigned);
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

  private static String volumeName(int index) {
    return "v" + index;
  }
}
