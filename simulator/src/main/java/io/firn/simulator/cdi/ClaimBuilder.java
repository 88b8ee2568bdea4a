package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Quantities;
import io.firn.simulator.client.Types;

/// The claim of a DataVolume, with the annotations by which CDI's importer knows what to put in.
final class ClaimBuilder {
  private ClaimBuilder() {}

  /// `storage` is the target as the storage profile completed it.
  static ObjectNode build(ObjectNode volume, JsonNode storage, DataSourceRef source) {
    ObjectNode claim = Types.CLAIM.newObject(Meta.namespace(volume), Meta.name(volume));
    copy(at(volume, "metadata", "annotations"), Meta.annotations(claim));
    Meta.annotations(claim).remove(Keys.CLONE_TOKEN);
    annotate(volume, Meta.annotations(claim), source);
    copy(at(volume, "metadata", "labels"), Meta.labels(claim));
    Meta.labels(claim)
        .put("alerts.k8s.io/KubePersistentVolumeFillingUp", "disabled")
        .put("app", "containerized-data-importer")
        .put("app.kubernetes.io/component", "storage")
        .put("app.kubernetes.io/managed-by", "cdi-controller");
    Meta.setController(claim, volume);
    claim.set("spec", storage.deepCopy());
    inflate(volume, object(claim, "spec"));
    return claim;
  }

  private static void annotate(ObjectNode volume, ObjectNode annotations, DataSourceRef source) {
    annotations
        .put(Keys.CREATED_FOR, Meta.uid(volume))
        .put(Keys.CONTENT_TYPE, contentType(volume))
        .put(Keys.PREALLOCATION, "false")
        .put(Keys.USE_POPULATOR, "false");
    switch (source) {
      case DataSourceRef.Blank _ -> annotations.put(Keys.IMPORT_SOURCE, "none");
      case DataSourceRef.Http(String url) ->
          annotations.put(Keys.IMPORT_SOURCE, "http").put(Keys.IMPORT_ENDPOINT, url);
      case DataSourceRef.Claim(String namespace, String name) ->
          annotations.put(Keys.CLONE_REQUEST, namespace + "/" + name);
      case DataSourceRef.Snapshot(String namespace, String name) ->
          annotations.put(Keys.SNAPSHOT_REQUEST, namespace + "/" + name);
      case DataSourceRef.External _, DataSourceRef.Unsupported _ -> {}
    }
  }

  private static String contentType(ObjectNode volume) {
    String type = text(volume, "spec", "contentType");
    return type.isEmpty() ? "kubevirt" : type;
  }

  /// A target given as `storage` names the disk's size; the claim must hold the file system too.
  private static void inflate(ObjectNode volume, ObjectNode spec) {
    boolean block = text(spec, "volumeMode").equals("Block");
    Fields.putIfAbsent(spec, "volumeMode", "Filesystem");
    if (has(volume, "spec", "storage") && !block) {
      ObjectNode requests = object(spec, "resources", "requests");
      long bytes = Quantities.bytes(text(requests, "storage"));
      requests.put("storage", Long.toString(ClaimSize.inflated(bytes)));
    }
  }

  private static void copy(JsonNode source, ObjectNode target) {
    source.properties().forEach(entry -> target.set(entry.getKey(), entry.getValue()));
  }
}
