package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Serves what CustomResourceDefinitions define, from the moment that they are stored.
final class CustomResources implements Store.Listener {
  static final ResourceId DEFINITIONS =
      new ResourceId("apiextensions.k8s.io", "customresourcedefinitions");

  private final Registry registry;

  CustomResources(Registry registry) {
    this.registry = registry;
  }

  @Override
  public void changed(ResourceId resource, StoreEvent event) {
    if (!resource.equals(DEFINITIONS)) {
      return;
    }
    switch (event.type()) {
      case ADDED, MODIFIED -> registry.put(resource(event.object()));
      case DELETED -> registry.remove(id(event.object()));
    }
  }

  static ResourceId id(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    return new ResourceId(spec.path("group").asText(), spec.path("names").path("plural").asText());
  }

  private static Resource resource(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    JsonNode names = spec.path("names");
    List<Resource.Version> versions = new ArrayList<>();
    String storage = "";
    for (JsonNode version : spec.path("versions")) {
      if (version.path("storage").asBoolean()) {
        storage = version.path("name").asText();
      }
      if (version.path("served").asBoolean()) {
        versions.add(version(version));
      }
    }
    versions.sort(Comparator.comparing(Resource.Version::name, VersionOrder.PREFERRED_FIRST));
    return new Resource(
        id(definition),
        names.path("singular").asText(),
        names.path("kind").asText(),
        names.path("listKind").asText(),
        spec.path("scope").asText().equals("Namespaced"),
        Json.strings(names.path("shortNames")),
        Json.strings(names.path("categories")),
        versions,
        storage,
        true);
  }

  private static Resource.Version version(JsonNode version) {
    List<String> subresources = new ArrayList<>();
    JsonNode subs = version.path("subresources");
    if (subs.has("status")) {
      subresources.add("status");
    }
    Optional<Resource.ScalePaths> scale = Optional.empty();
    if (subs.has("scale")) {
      subresources.add("scale");
      JsonNode paths = subs.path("scale");
      scale =
          Optional.of(
              new Resource.ScalePaths(
                  paths.path("specReplicasPath").asText(),
                  paths.path("statusReplicasPath").asText(),
                  paths.path("labelSelectorPath").asText()));
    }
    Optional<ObjectNode> schema =
        version.path("schema").path("openAPIV3Schema") instanceof ObjectNode object
            ? Optional.of(object)
            : Optional.empty();
    List<Resource.PrinterColumn> columns = new ArrayList<>();
    version.path("additionalPrinterColumns").forEach(column -> columns.add(column(column)));
    return new Resource.Version(
        version.path("name").asText(), subresources, schema, scale, columns);
  }

  private static Resource.PrinterColumn column(JsonNode column) {
    return new Resource.PrinterColumn(
        column.path("name").asText(),
        column.path("type").asText(),
        column.path("format").asText(),
        column.path("description").asText(),
        column.path("priority").asInt(),
        column.path("jsonPath").asText());
  }

  /// The status of an accepted definition, and the finalizer that keeps it until its objects are
  /// gone.
  static void accept(ObjectNode definition, String now) {
    ObjectNode status = Json.child(definition, "status");
    status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
    for (String type : List.of("NamesAccepted", "Established")) {
      boolean names = type.equals("NamesAccepted");
      status
          .withArray("conditions")
          .addObject()
          .put("lastTransitionTime", now)
          .put("message", names ? "no conflicts found" : "the initial names have been accepted")
          .put("reason", names ? "NoConflicts" : "InitialNamesAccepted")
          .put("status", "True")
          .put("type", type);
    }
    for (JsonNode version : definition.path("spec").path("versions")) {
      if (version.path("storage").asBoolean()) {
        status.putArray("storedVersions").add(version.path("name").asText());
      }
    }
    Meta.addFinalizer(definition, CLEANUP);
  }

  static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
}
