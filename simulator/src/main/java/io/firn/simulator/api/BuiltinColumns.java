package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The columns of `kubectl get` for built-in kinds (`k8s.io/kubernetes/pkg/printers`); kinds that
/// are not named here show their age.
final class BuiltinColumns {
  private static final String NONE = "<none>";
  private static final String UNSET = "<unset>";

  private BuiltinColumns() {}

  static List<TableColumn> of(Resource resource, Instant now) {
    TableColumn age = TableColumn.age(now);
    return switch (resource.plural()) {
      case "pods" -> pods(age);
      case "persistentvolumeclaims" -> claims(age);
      case "persistentvolumes" -> volumes(age);
      case "namespaces" -> List.of(at("Status", "/status/phase", ""), age);
      case "secrets" ->
          List.of(
              at("Type", "/type", ""),
              TableColumn.text("Data", o -> Integer.toString(o.path("data").size())),
              age);
      case "configmaps" ->
          List.of(
              TableColumn.text(
                  "Data",
                  o -> Integer.toString(o.path("data").size() + o.path("binaryData").size())),
              age);
      case "events" -> events(now);
      case "jobs" -> jobs(age, now);
      case "nodes" -> nodes(age);
      case "services" -> services(age);
      case "serviceaccounts" ->
          List.of(
              TableColumn.text("Secrets", o -> Integer.toString(o.path("secrets").size())), age);
      case "storageclasses" ->
          List.of(
              at("Provisioner", "/provisioner", ""),
              at("ReclaimPolicy", "/reclaimPolicy", "Delete"),
              at("VolumeBindingMode", "/volumeBindingMode", "Immediate"),
              at("AllowVolumeExpansion", "/allowVolumeExpansion", "false"),
              age);
      case "controllerrevisions" ->
          List.of(
              TableColumn.text("Controller", BuiltinColumns::controller),
              at("Revision", "/revision", "0"),
              age);
      case "customresourcedefinitions" ->
          List.of(at("Created At", "/metadata/creationTimestamp", ""));
      default -> List.of(age);
    };
  }

  private static TableColumn at(String name, String pointer, String fallback) {
    return TableColumn.text(name, o -> o.at(pointer).asText(fallback));
  }

  private static List<TableColumn> pods(TableColumn age) {
    return List.of(
        TableColumn.text("Ready", PodColumns::ready),
        TableColumn.text("Status", PodColumns::status),
        TableColumn.text("Restarts", PodColumns::restarts),
        age,
        at("IP", "/status/podIP", NONE).wide(),
        at("Node", "/spec/nodeName", NONE).wide(),
        at("Nominated Node", "/status/nominatedNodeName", NONE).wide(),
        TableColumn.text("Readiness Gates", _ -> NONE).wide());
  }

  private static List<TableColumn> claims(TableColumn age) {
    return List.of(
        TableColumn.text(
            "Status", o -> Meta.isDeleting(o) ? "Terminating" : o.at("/status/phase").asText()),
        at("Volume", "/spec/volumeName", ""),
        at("Capacity", "/status/capacity/storage", ""),
        TableColumn.text("Access Modes", o -> modes(o.at("/status/accessModes"))),
        at("StorageClass", "/spec/storageClassName", ""),
        at("VolumeAttributesClass", "/spec/volumeAttributesClassName", UNSET),
        age,
        at("VolumeMode", "/spec/volumeMode", UNSET).wide());
  }

  private static List<TableColumn> volumes(TableColumn age) {
    Function<JsonNode, String> claim =
        o -> {
          JsonNode ref = o.at("/spec/claimRef");
          return ref.isMissingNode()
              ? ""
              : ref.path("namespace").asText() + "/" + ref.path("name").asText();
        };
    return List.of(
        at("Capacity", "/spec/capacity/storage", ""),
        TableColumn.text("Access Modes", o -> modes(o.at("/spec/accessModes"))),
        at("Reclaim Policy", "/spec/persistentVolumeReclaimPolicy", ""),
        TableColumn.text(
            "Status", o -> Meta.isDeleting(o) ? "Terminating" : o.at("/status/phase").asText()),
        TableColumn.text("Claim", claim),
        at("StorageClass", "/spec/storageClassName", ""),
        at("VolumeAttributesClass", "/spec/volumeAttributesClassName", UNSET),
        at("Reason", "/status/reason", ""),
        age,
        at("VolumeMode", "/spec/volumeMode", UNSET).wide());
  }

  private static String modes(JsonNode modes) {
    return Json.strings(modes).stream()
        .map(mode ->
            switch (mode) {
              case "ReadWriteOnce" -> "RWO";
              case "ReadOnlyMany" -> "ROX";
              case "ReadWriteMany" -> "RWX";
              case "ReadWriteOncePod" -> "RWOP";
              default -> mode;
            })
        .collect(Collectors.joining(","));
  }

  private static List<TableColumn> events(Instant now) {
    return List.of(
        TableColumn.text(
            "Last Seen",
            o ->
                Ages.of(
                    o.path("lastTimestamp")
                        .asText(o.path("eventTime").asText(o.path("firstTimestamp").asText())),
                    now)),
        at("Type", "/type", ""),
        at("Reason", "/reason", ""),
        TableColumn.text(
            "Object",
            o ->
                o.at("/involvedObject/kind").asText().toLowerCase(Locale.ROOT)
                    + "/"
                    + o.at("/involvedObject/name").asText()),
        TableColumn.text("Message", o -> o.path("message").asText().strip()),
        at("Source", "/source/component", "").wide(),
        at("Count", "/count", "1").wide());
  }

  private static List<TableColumn> jobs(TableColumn age, Instant now) {
    return List.of(
        TableColumn.text("Status", BuiltinColumns::jobStatus),
        TableColumn.text(
            "Completions",
            o -> o.at("/status/succeeded").asInt() + "/" + o.at("/spec/completions").asInt(1)),
        TableColumn.text("Duration", o -> jobDuration(o, now)),
        age);
  }

  private static String jobStatus(JsonNode job) {
    for (JsonNode condition : job.at("/status/conditions")) {
      if (condition.path("status").asText().equals("True")) {
        return condition.path("type").asText();
      }
    }
    return Meta.isDeleting(job) ? "Terminating" : "Running";
  }

  private static String jobDuration(JsonNode job, Instant now) {
    String start = job.at("/status/startTime").asText();
    if (start.isEmpty()) {
      return "";
    }
    String end = job.at("/status/completionTime").asText();
    return end.isEmpty()
        ? Ages.of(start, now)
        : Ages.human(Duration.between(Instant.parse(start), Instant.parse(end)));
  }

  private static List<TableColumn> nodes(TableColumn age) {
    return List.of(
        TableColumn.text("Status", BuiltinColumns::nodeStatus),
        TableColumn.text("Roles", BuiltinColumns::nodeRoles),
        age,
        at("Version", "/status/nodeInfo/kubeletVersion", ""));
  }

  private static String nodeStatus(JsonNode node) {
    boolean ready =
        Json.elements(node.at("/status/conditions"))
            .anyMatch(c ->
                c.path("type").asText().equals("Ready")
                    && c.path("status").asText().equals("True"));
    return (ready ? "Ready" : "NotReady")
        + (node.at("/spec/unschedulable").asBoolean() ? ",SchedulingDisabled" : "");
  }

  private static String nodeRoles(JsonNode node) {
    String prefix = "node-role.kubernetes.io/";
    List<String> roles = new ArrayList<>();
    Meta.of(node)
        .path("labels")
        .fieldNames()
        .forEachRemaining(label -> {
          if (label.startsWith(prefix)) {
            roles.add(label.substring(prefix.length()));
          }
        });
    return roles.isEmpty() ? NONE : String.join(",", roles);
  }

  private static List<TableColumn> services(TableColumn age) {
    return List.of(
        at("Type", "/spec/type", ""),
        at("Cluster-IP", "/spec/clusterIP", NONE),
        TableColumn.text("External-IP", _ -> NONE),
        TableColumn.text(
            "Port(s)",
            o ->
                Json.elements(o.at("/spec/ports"))
                    .map(p -> p.path("port").asText() + "/" + p.path("protocol").asText("TCP"))
                    .collect(Collectors.joining(","))),
        age);
  }

  private static String controller(JsonNode object) {
    return Meta.owners(object).stream()
        .filter(owner -> owner.path("controller").asBoolean())
        .findFirst()
        .map(owner -> {
          String apiVersion = owner.path("apiVersion").asText();
          int slash = apiVersion.indexOf('/');
          String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
          return owner.path("kind").asText().toLowerCase(Locale.ROOT)
              + group
              + "/"
              + owner.path("name").asText();
        })
        .orElse(NONE);
  }
}
