package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Puts into a new cluster what an administrator would have installed. What is there already stays.
final class Installation {
  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "Namespace", Types.NAMESPACE,
          "StorageClass", Types.STORAGE_CLASS,
          "VolumeSnapshotClass", Types.SNAPSHOT_CLASS);

  private final ApiClient client;

  Installation(ApiClient client) {
    this.client = client;
  }

  void namespaces(List<String> names) {
    names.forEach(name -> create(Types.NAMESPACE, Types.NAMESPACE.newObject("", name)));
  }

  void definitions(List<ObjectNode> definitions) {
    definitions.forEach(definition -> create(Types.CRD, definition));
  }

  void objects(List<ObjectNode> objects) {
    objects.forEach(object -> create(type(object), object));
  }

  /// The kinds that are installed have plain plurals.
  private static ResourceType type(ObjectNode object) {
    String kind = Fields.text(object, "kind");
    ResourceType known = TYPES.get(kind);
    if (known != null) {
      return known;
    }
    String apiVersion = Fields.text(object, "apiVersion");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    return new ResourceType(group, version, plural, kind, !Meta.namespace(object).isEmpty());
  }

  private void create(ResourceType type, ObjectNode object) {
    try {
      client.create(type, object);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
  }
}
