package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The claim that keeps an instance's TPM and EFI state. Found by label; made before the first
/// start; removed when an instance starts that has no such state.
final class BackendStorage {
  static final String LABEL = "persistent-state-for";
  static final String VOLUME = "persistent-state-for-this-vm";
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private final ApiClient client;

  BackendStorage(ApiClient client) {
    this.client = client;
  }

  static boolean needed(JsonNode spec) {
    JsonNode domain = spec.path("domain");
    JsonNode tpm = Fields.at(domain, "devices", "tpm");
    return (tpm.path("persistent").asBoolean() && tpm.path("enabled").asBoolean(true))
        || Fields.at(domain, "firmware", "bootloader", "efi", "persistent").asBoolean();
  }

  /// The instance's claim: the newest that is not going away.
  Optional<ObjectNode> find(ObjectNode instance) {
    return labelled(instance).stream()
        .filter(claim -> !Meta.deleting(claim))
        .max(Comparator.comparing(claim -> Fields.text(claim, "metadata", "creationTimestamp")));
  }

  private List<ObjectNode> labelled(ObjectNode instance) {
    return client.list(Types.CLAIM, Meta.namespace(instance), LABEL + "=" + Meta.name(instance));
  }

  /// Sees to the claim before a start; false while it has to be waited for.
  boolean prepare(ObjectNode instance) {
    if (!needed(instance.path("spec"))) {
      labelled(instance).forEach(claim -> client.delete(Types.CLAIM, ObjectKey.of(claim)));
      return true;
    }
    ObjectNode claim = find(instance).orElseGet(() -> create(instance));
    return Fields.text(claim, "status", "phase").equals("Bound") || waitsForConsumer(claim);
  }

  private boolean waitsForConsumer(ObjectNode claim) {
    return client
        .get(Types.STORAGE_CLASS, "", Fields.text(claim, "spec", "storageClassName"))
        .map(found -> Fields.text(found, "volumeBindingMode").equals("WaitForFirstConsumer"))
        .orElse(false);
  }

  private ObjectNode create(ObjectNode instance) {
    ObjectNode claim = Types.CLAIM.newObject(Meta.namespace(instance), "");
    Fields.object(claim, "metadata").put("generateName", LABEL + "-" + Meta.name(instance) + "-");
    Meta.labels(claim)
        .put("cdi.kubevirt.io/applyStorageProfile", "true")
        .put(LABEL, Meta.name(instance));
    Optional<ObjectNode> owner = Meta.controller(instance);
    if (owner.isPresent()) {
      Fields.array(claim, "metadata", "ownerReferences").add(owner.get().deepCopy());
    } else {
      Meta.setController(claim, instance);
    }
    Fields.array(claim, "spec", "accessModes").add("ReadWriteOnce");
    Fields.object(claim, "spec", "resources", "requests").put("storage", "10Mi");
    defaultClass().ifPresent(name -> Fields.object(claim, "spec").put("storageClassName", name));
    Fields.object(claim, "spec").put("volumeMode", "Filesystem");
    return client.create(Types.CLAIM, claim);
  }

  /// The class that KubeVirt is told to use, else the cluster's default.
  private Optional<String> defaultClass() {
    Optional<String> told =
        client.list(VirtTypes.KUBEVIRT, "", "").stream()
            .map(kv -> Fields.text(kv, "spec", "configuration", "vmStateStorageClass"))
            .filter(name -> !name.isEmpty())
            .findFirst();
    return told.or(() ->
        client.list(Types.STORAGE_CLASS, "", "").stream()
            .filter(found -> Meta.annotation(found, DEFAULT_CLASS).equals("true"))
            .map(Meta::name)
            .findFirst());
  }
}
