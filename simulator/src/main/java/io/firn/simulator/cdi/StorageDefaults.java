package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;
import static io.firn.simulator.client.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.Optional;

/// Completes a DataVolume's `storage` from the storage profile of its class, as `pvc` must be
/// complete by itself.
final class StorageDefaults {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
  private static final String VIRT_DEFAULT_CLASS = "storageclass.kubevirt.io/is-default-virt-class";

  private final ApiClient client;

  StorageDefaults(ApiClient client) {
    this.client = client;
  }

  /// The claim's spec; empty where nobody says which access mode.
  Optional<JsonNode> complete(ObjectNode volume, DataSourceRef source) {
    if (has(volume, "spec", "pvc")) {
      return Optional.of(Fields.at(volume, "spec", "pvc"));
    }
    ObjectNode spec = Fields.at(volume, "spec", "storage").deepCopy();
    className(spec).ifPresent(name -> spec.put("storageClassName", name));
    size(spec, source);
    return profile(text(spec, "storageClassName"), spec) ? Optional.of(spec) : Optional.empty();
  }

  private Optional<String> className(ObjectNode spec) {
    String named = text(spec, "storageClassName");
    if (!named.isEmpty()) {
      return Optional.of(named);
    }
    return marked(VIRT_DEFAULT_CLASS).or(() -> marked(DEFAULT_CLASS));
  }

  private Optional<String> marked(String annotation) {
    return client.list(Types.STORAGE_CLASS, "", "").stream()
        .filter(found -> Meta.annotation(found, annotation).equals("true"))
        .map(Meta::name)
        .findFirst();
  }

  /// A clone without a size is as large as its source.
  private void size(ObjectNode spec, DataSourceRef source) {
    if (has(spec, "resources", "requests", "storage")) {
      return;
    }
    Optional<String> size =
        switch (source) {
          case DataSourceRef.Claim(String namespace, String name) ->
              client
                  .get(Types.CLAIM, namespace, name)
                  .map(found -> text(found, "spec", "resources", "requests", "storage"));
          case DataSourceRef.Snapshot(String namespace, String name) ->
              client
                  .get(Types.SNAPSHOT, namespace, name)
                  .map(found -> text(found, "status", "restoreSize"));
          case DataSourceRef.Blank _,
              DataSourceRef.Http _,
              DataSourceRef.External _,
              DataSourceRef.Unsupported _ ->
              Optional.empty();
        };
    size.ifPresent(bytes -> Fields.object(spec, "resources", "requests").put("storage", bytes));
  }

  /// Fills access modes and volume mode from the first set that fits; false where none is known.
  private boolean profile(String className, ObjectNode spec) {
    boolean modes = !texts(spec, "accessModes").isEmpty();
    Optional<ObjectNode> profile = client.get(CdiTypes.STORAGE_PROFILE, "", className);
    if (profile.isPresent()) {
      for (ObjectNode set : objects(profile.get(), "status", "claimPropertySets")) {
        boolean fits =
            (!modes || texts(set, "accessModes").containsAll(texts(spec, "accessModes")))
                && (!has(spec, "volumeMode")
                    || text(set, "volumeMode").equals(text(spec, "volumeMode")));
        if (fits) {
          if (!modes) {
            spec.set("accessModes", set.path("accessModes").deepCopy());
          }
          Fields.putIfAbsent(spec, "volumeMode", text(set, "volumeMode"));
          return true;
        }
      }
    }
    return modes;
  }
}
