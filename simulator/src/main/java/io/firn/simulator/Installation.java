package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Installed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import io.firn.simulator.remote.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Puts into a cluster what an administrator would have installed, with a mark. What is there
/// already stays, and what bears the mark can be removed again.
final class Installation {
  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "Namespace", Types.NAMESPACE,
          "CustomResourceDefinition", Types.CRD,
          "StorageClass", Types.STORAGE_CLASS,
          "VolumeSnapshotClass", Types.SNAPSHOT_CLASS);

  private final ApiClient client;
  private final List<ObjectNode> ours = new ArrayList<>();

  Installation(ApiClient client) {
    this.client = client;
  }

  /// Returns when the kinds are served.
  void definitions(List<ObjectNode> definitions) {
    definitions.forEach(this::create);
    definitions.forEach(one ->
        Patience.until(
            "the API server to serve " + Meta.name(one),
            () -> client.get(Types.CRD, "", Meta.name(one)).filter(Installation::established)));
  }

  private static boolean established(ObjectNode definition) {
    return Fields.named(Fields.at(definition, "status", "conditions"), "type", "Established")
        .filter(one -> Fields.text(one, "status").equals("True"))
        .isPresent();
  }

  void objects(List<ObjectNode> objects) {
    objects.forEach(this::create);
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

  private void create(ObjectNode wanted) {
    ResourceType type = type(wanted);
    ObjectNode object = wanted.deepCopy();
    Meta.annotations(object).put(Installed.ANNOTATION, "true");
    try {
      ours.add(client.create(type, object));
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
      client
          .get(type, Meta.namespace(object), Meta.name(object))
          .filter(Installed::isMarked)
          .ifPresent(ours::add);
    }
  }

  /// Removes what bears the mark, the last first, and waits until the definitions are gone with all
  /// their objects; whoever acts on those must still run.
  void remove() {
    ours.reversed().forEach(one -> client.delete(type(one), ObjectKey.of(one)));
    ours.stream()
        .filter(one -> Fields.text(one, "kind").equals("CustomResourceDefinition"))
        .forEach(one ->
            Patience.until(
                "the removal of " + Meta.name(one),
                () ->
                    client.get(Types.CRD, "", Meta.name(one)).isEmpty()
                        ? Optional.of(one)
                        : Optional.empty()));
    ours.clear();
  }

  /// Which of these are not there, as `Kind name`.
  List<String> missing(List<ObjectNode> objects) {
    return objects.stream()
        .filter(one -> client.get(type(one), Meta.namespace(one), Meta.name(one)).isEmpty())
        .map(one -> Fields.text(one, "kind") + " " + Meta.name(one))
        .toList();
  }
}
