package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What every cluster has from the beginning, and every namespace from its own.
final class Bootstrap {

  private final Registry registry;
  private final Store store;
  private final Writes writes;
  private final String authority;

  Bootstrap(Registry registry, Store store, Writes writes, Path certificate) {
    this.registry = registry;
    this.store = store;
    this.writes = writes;
    try {
      this.authority = Files.readString(certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fills an empty store.
  void fill() {
    for (JsonNode body : Json.parse(Bundled.text("bootstrap.yaml"))) {
      ObjectNode made = create("", (ObjectNode) body);
      if (body.path("kind").asText().equals("Namespace")) {
        furnish(made);
      }
    }
  }

  /// Gives a namespace its service account and the certificate to trust, unless it has them.
  void furnish(ObjectNode namespace) {
    String name = Meta.name(namespace);
    ObjectKey account = new ObjectKey(new ResourceId("", "serviceaccounts"), name, "default");
    if (Meta.isDeleting(namespace) || store.find(account).isPresent()) {
      return;
    }
    ObjectNode serviceAccount = Json.object().put("apiVersion", "v1").put("kind", "ServiceAccount");
    Meta.writable(serviceAccount).put("name", "default");
    create(name, serviceAccount);
    ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    Meta.writable(map).put("name", "kube-root-ca.crt");
    map.putObject("data").put("ca.crt", authority);
    create(name, map);
  }

  private ObjectNode create(String namespace, ObjectNode body) {
    Resource resource =
        registry
            .byKind(body.path("apiVersion").asText(), body.path("kind").asText())
            .orElseThrow(ApiFailure::noSuchPath);
    return writes.create(Target.stored(resource, namespace, ""), body, WriteOptions.system());
  }
}
