package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// A kind of object that the server stores: its names, its scope and the versions served, preferred
/// first. `custom` says that a CustomResourceDefinition made it.
record Resource(
    ResourceId id,
    String singular,
    String kind,
    String listKind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    List<Version> versions,
    String storageVersion,
    boolean custom) {
  static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  Resource {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    versions = List.copyOf(versions);
  }

  /// A served version. `subresources` are names such as `status`, `scale`, `log`; `schema` is an
  /// openAPIV3Schema where one is known.
  record Version(
      String name,
      List<String> subresources,
      Optional<ObjectNode> schema,
      Optional<ScalePaths> scale,
      List<PrinterColumn> columns) {
    Version {
      subresources = List.copyOf(subresources);
      columns = List.copyOf(columns);
    }

    boolean has(String subresource) {
      return subresources.contains(subresource);
    }
  }

  /// Where a custom resource keeps its replicas, as JSON paths (`.spec.replicas`); `selector` is ""
  /// where there is none.
  record ScalePaths(String spec, String status, String selector) {}

  /// A column of `kubectl get`. Those with a priority above 0 are shown by `-o wide` only.
  record PrinterColumn(
      String name, String type, String format, String description, int priority, String path) {}

  Optional<Version> version(String name) {
    return versions.stream().filter(v -> v.name().equals(name)).findFirst();
  }

  String apiVersion(String version) {
    return id.group().isEmpty() ? version : id.group() + "/" + version;
  }

  String group() {
    return id.group();
  }

  String plural() {
    return id.plural();
  }
}
