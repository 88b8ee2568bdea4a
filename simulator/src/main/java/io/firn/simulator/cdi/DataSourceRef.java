package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Meta;
import java.util.Optional;

/// Where a DataVolume's content comes from.
sealed interface DataSourceRef {
  record Blank() implements DataSourceRef {}

  record Http(String url) implements DataSourceRef {}

  record Claim(String namespace, String name) implements DataSourceRef {}

  record Snapshot(String namespace, String name) implements DataSourceRef {}

  /// The claim's own dataSource fills it.
  record External() implements DataSourceRef {}

  /// A source that this CDI does not know (registry, s3, upload …); the DataVolume waits.
  record Unsupported(String kind) implements DataSourceRef {}

  /// The source of a DataVolume; empty where it names a DataSource that is not there (any more).
  static Optional<DataSourceRef> of(ObjectNode volume, ApiClient client) {
    JsonNode spec = volume.path("spec");
    if (has(spec, "sourceRef")) {
      String namespace = text(spec, "sourceRef", "namespace");
      return client
          .get(
              CdiTypes.DATA_SOURCE,
              namespace.isEmpty() ? Meta.namespace(volume) : namespace,
              text(spec, "sourceRef", "name"))
          .map(found -> parse(at(found, "spec", "source"), Meta.namespace(found)));
    }
    return Optional.of(parse(spec.path("source"), Meta.namespace(volume)));
  }

  private static DataSourceRef parse(JsonNode source, String namespace) {
    if (source.has("blank")) {
      return new Blank();
    }
    if (source.has("http")) {
      return new Http(text(source, "http", "url"));
    }
    if (source.has("pvc")) {
      return new Claim(place(source.path("pvc"), namespace), text(source, "pvc", "name"));
    }
    if (source.has("snapshot")) {
      JsonNode snapshot = source.path("snapshot");
      return new Snapshot(place(snapshot, namespace), text(snapshot, "name"));
    }
    return source.isEmpty() ? new External() : new Unsupported(source.fieldNames().next());
  }

  private static String place(JsonNode source, String fallback) {
    String namespace = text(source, "namespace");
    return namespace.isEmpty() ? fallback : namespace;
  }
}
