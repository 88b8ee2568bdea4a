package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Locale;
import java.util.Optional;

/// The two ways in which a VM refers to shared settings, read as KubeVirt's controllers read them:
/// an empty kind is the cluster-wide one, and kinds match in any case, singular or plural.
enum Matcher {
  INSTANCETYPE("instancetype", "status.instancetypeRef"),
  PREFERENCE("preference", "status.preferenceRef");

  private static final String REVISION = "controllerRevisionRef.name";

  private final String field;
  private final String statusPath;

  Matcher(String field, String statusPath) {
    this.field = field;
    this.statusPath = statusPath;
  }

  /// The instancetype or preference; where the spec only says "infer from a volume", the one that
  /// the status says was found. Empty too where its kind is none that KubeVirt knows.
  Optional<ObjectRef> named(Machine machine) {
    JsonNode matcher = namedInSpec(machine) ? spec(machine) : status(machine);
    return Json.text(matcher, "name")
        .flatMap(name -> kind(matcher).map(kind -> machine.sibling(kind, name)));
  }

  /// The kind that the matcher names, where KubeVirt knows none of that name.
  Optional<String> unknownKind(Machine machine) {
    JsonNode matcher = namedInSpec(machine) ? spec(machine) : status(machine);
    return kind(matcher).isPresent() ? Optional.empty() : Json.text(matcher, "kind");
  }

  String namePath(Machine machine) {
    return namedInSpec(machine) ? machine.machinePath(field + ".name") : statusPath + ".name";
  }

  /// The name of the ControllerRevision: what the status says (KubeVirt 1.5 and newer), else what
  /// the spec says. A status without a revision does not hide the spec's: a VM that is made anew
  /// fails on it when it is absent.
  Optional<String> revision(Machine machine) {
    return Json.text(status(machine), REVISION).or(() -> Json.text(spec(machine), "revisionName"));
  }

  String revisionPath(Machine machine) {
    return Json.text(status(machine), REVISION).isPresent()
        ? statusPath + "." + REVISION
        : machine.machinePath(field + ".revisionName");
  }

  private boolean namedInSpec(Machine machine) {
    return Json.text(spec(machine), "name").isPresent();
  }

  private JsonNode spec(Machine machine) {
    return machine.machineSpec().path(field);
  }

  private JsonNode status(Machine machine) {
    return Json.at(machine.object(), statusPath);
  }

  private Optional<ResourceKind> kind(JsonNode matcher) {
    String kind = matcher.path("kind").asText("").toLowerCase(Locale.ROOT);
    if (kind.isEmpty() || is(clusterWide(), kind)) {
      return Optional.of(clusterWide());
    }
    return is(namespaced(), kind) ? Optional.of(namespaced()) : Optional.empty();
  }

  private ResourceKind namespaced() {
    return switch (this) {
      case INSTANCETYPE -> Kinds.INSTANCETYPE;
      case PREFERENCE -> Kinds.PREFERENCE;
    };
  }

  private ResourceKind clusterWide() {
    return switch (this) {
      case INSTANCETYPE -> Kinds.CLUSTER_INSTANCETYPE;
      case PREFERENCE -> Kinds.CLUSTER_PREFERENCE;
    };
  }

  private static boolean is(ResourceKind resource, String lowerCaseKind) {
    return lowerCaseKind.equals(resource.kind().toLowerCase(Locale.ROOT))
        || lowerCaseKind.equals(resource.plural());
  }
}
