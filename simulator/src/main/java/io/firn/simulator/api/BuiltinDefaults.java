package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// The defaults that kube-apiserver fills into built-in kinds, as far as clients of this cluster
/// read them. Applying them twice changes nothing.
final class BuiltinDefaults {
  private final Store store;

  BuiltinDefaults(Store store) {
    this.store = store;
  }

  void apply(Resource resource, ObjectNode object) {
    switch (resource.plural()) {
      case "namespaces" -> namespace(object);
      case "pods" -> pod(object);
      case "persistentvolumeclaims" -> claim(object);
      case "persistentvolumes" -> volume(object);
      case "secrets" -> secret(object);
      case "services" -> {
        text(Json.child(object, "spec"), "type", "ClusterIP");
        text(Json.child(object, "spec"), "sessionAffinity", "None");
      }
      case "jobs" -> job(object);
      case "limitranges" -> limitRange(object);
      case "storageclasses" -> {
        text(object, "reclaimPolicy", "Delete");
        text(object, "volumeBindingMode", "Immediate");
      }
      case "customresourcedefinitions" -> definition(object);
      default -> {}
    }
  }

  private static void namespace(ObjectNode object) {
    Json.child(Meta.writable(object), "labels")
        .put("kubernetes.io/metadata.name", Meta.name(object));
    if (!Meta.isDeleting(object) && !object.path("spec").has("finalizers")) {
      Json.child(object, "spec").set("finalizers", Json.array().add("kubernetes"));
    }
    text(Json.child(object, "status"), "phase", "Active");
  }

  private static void pod(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    podSpec(spec);
    PodUsage.containers(object).forEach(BuiltinDefaults::requests);
    text(spec, "restartPolicy", "Always");
    text(spec, "serviceAccountName", "default");
    text(spec, "serviceAccount", spec.path("serviceAccountName").asText());
    ObjectNode status = Json.child(object, "status");
    text(status, "phase", "Pending");
    text(status, "qosClass", QosClass.of(spec));
  }

  private static void podSpec(ObjectNode spec) {
    text(spec, "dnsPolicy", "ClusterFirst");
    text(spec, "schedulerName", "default-scheduler");
    number(spec, "terminationGracePeriodSeconds", 30);
    if (!spec.has("securityContext")) {
      spec.putObject("securityContext");
    }
    for (String list : new String[] {"initContainers", "containers"}) {
      for (JsonNode element : spec.path(list)) {
        if (element instanceof ObjectNode container) {
          container(container);
        }
      }
    }
  }

  /// Who may have something and does not say how much it asks for, asks for all of it.
  private static void requests(JsonNode container) {
    ObjectNode resources = Json.child((ObjectNode) container, "resources");
    for (var limit : resources.path("limits").properties()) {
      if (!resources.path("requests").has(limit.getKey())) {
        Json.child(resources, "requests").set(limit.getKey(), limit.getValue());
      }
    }
  }

  private static void limitRange(ObjectNode object) {
    for (JsonNode element : object.path("spec").path("limits")) {
      if (element instanceof ObjectNode limit && limit.path("type").asText().equals("Container")) {
        fill(limit, "default", "max");
        fill(limit, "defaultRequest", "default");
        fill(limit, "defaultRequest", "min");
      }
    }
  }

  private static void fill(ObjectNode limit, String field, String from) {
    for (var value : limit.path(from).properties()) {
      if (!limit.path(field).has(value.getKey())) {
        Json.child(limit, field).set(value.getKey(), value.getValue());
      }
    }
  }

  private static void container(ObjectNode container) {
    text(container, "terminationMessagePath", "/dev/termination-log");
    text(container, "terminationMessagePolicy", "File");
    String image = container.path("image").asText();
    boolean latest = !image.contains(":") || image.endsWith(":latest");
    text(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
    if (!container.has("resources")) {
      container.putObject("resources");
    }
    container.path("ports").forEach(port -> text((ObjectNode) port, "protocol", "TCP"));
  }

  private void claim(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    text(spec, "volumeMode", "Filesystem");
    text(Json.child(object, "status"), "phase", "Pending");
    if (!spec.has("storageClassName") && spec.path("volumeName").asText().isEmpty()) {
      defaultStorageClass(spec);
    }
    if (!Meta.isDeleting(object) && Meta.revision(object) == 0) {
      Meta.addFinalizer(object, "kubernetes.io/pvc-protection");
    }
  }

  private void defaultStorageClass(ObjectNode spec) {
    String marker = "storageclass.kubernetes.io/is-default-class";
    ResourceId classes = new ResourceId("storage.k8s.io", "storageclasses");
    store.list(classes, "").items().stream()
        .filter(one -> Meta.of(one).path("annotations").path(marker).asText().equals("true"))
        .findFirst()
        .ifPresent(one -> spec.put("storageClassName", Meta.name(one)));
  }

  private static void volume(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    text(spec, "volumeMode", "Filesystem");
    text(spec, "persistentVolumeReclaimPolicy", "Retain");
    text(Json.child(object, "status"), "phase", "Pending");
    if (!Meta.isDeleting(object) && Meta.revision(object) == 0) {
      Meta.addFinalizer(object, "kubernetes.io/pv-protection");
    }
  }

  private static void secret(ObjectNode object) {
    text(object, "type", "Opaque");
    for (var field : object.path("stringData").properties()) {
      byte[] raw = field.getValue().asText().getBytes(StandardCharsets.UTF_8);
      Json.child(object, "data").put(field.getKey(), Base64.getEncoder().encodeToString(raw));
    }
    object.remove("stringData");
  }

  private static void job(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    number(spec, "backoffLimit", 6);
    number(spec, "parallelism", 1);
    number(spec, "completions", 1);
    text(spec, "completionMode", "NonIndexed");
    boolean policy = spec.has("podFailurePolicy");
    text(spec, "podReplacementPolicy", policy ? "Failed" : "TerminatingOrFailed");
    for (JsonNode rule : spec.path("podFailurePolicy").path("rules")) {
      rule.path("onPodConditions").forEach(one -> text((ObjectNode) one, "status", "True"));
    }
    if (!spec.has("suspend")) {
      spec.put("suspend", false);
    }
    ObjectNode template = Json.child(spec, "template");
    podSpec(Json.child(template, "spec"));
    if (spec.path("manualSelector").asBoolean()) {
      return;
    }
    String uid = Meta.uid(object);
    ObjectNode labels = Json.child(Json.child(template, "metadata"), "labels");
    text(labels, "batch.kubernetes.io/controller-uid", uid);
    text(labels, "batch.kubernetes.io/job-name", Meta.name(object));
    text(labels, "controller-uid", uid);
    text(labels, "job-name", Meta.name(object));
    text(
        Json.child(Json.child(spec, "selector"), "matchLabels"),
        "batch.kubernetes.io/controller-uid",
        uid);
  }

  private static void definition(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    ObjectNode names = Json.child(spec, "names");
    String kind = names.path("kind").asText();
    text(names, "singular", kind.toLowerCase(Locale.ROOT));
    text(names, "listKind", kind + "List");
    if (!spec.has("conversion")) {
      spec.putObject("conversion").put("strategy", "None");
    }
  }

  private static void text(ObjectNode object, String field, String fallback) {
    if (object.path(field).asText().isEmpty() && !fallback.isEmpty()) {
      object.set(field, TextNode.valueOf(fallback));
    }
  }

  private static void number(ObjectNode object, String field, int fallback) {
    if (!object.has(field)) {
      object.set(field, IntNode.valueOf(fallback));
    }
  }
}
